#!/bin/sh
# Recreates the certificates of this folder: an authority that no system knows, and its certificates for
# *.example.test. The keys protect nothing.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index.txt"
cat >"$work/ca.cnf" <<CNF
[ca]
default_ca = authority
[authority]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = server
unique_subject = no
[any]
commonName = supplied
[server]
subjectAltName = DNS:*.example.test
extendedKeyUsage = serverAuth
CNF
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj '/CN=Example Test Authority' \
  -keyout "$work/authority.key" -out authority.pem
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=example.test' \
  -keyout server.key -out "$work/server.csr"
issue() {
  openssl ca -batch -notext -config "$work/ca.cnf" -cert authority.pem -keyfile "$work/authority.key" \
    -in "$work/server.csr" -startdate "$2" -enddate "$3" -out "$1"
}
issue valid.pem 20200101000000Z 21200101000000Z
issue expired.pem 20200101000000Z 20210101000000Z
issue not-yet-valid.pem 21100101000000Z 21200101000000Z
