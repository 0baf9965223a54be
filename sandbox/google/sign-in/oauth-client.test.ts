import * as oauth from 'oauth4webapi'
import { expect } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { googleApp } from '../google-visitor.ts'

const test = visitedSandbox({ contacts: 5, googleContacts: 5, folders: 0, distributionLists: 0 })

test('a client that checks everything accepts the metadata, the answer, the id token and the end', async ({
  sandbox: { google },
  sandbox,
}) => {
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(google.issuer)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const client = { client_id: google.clientId }
  const secret = oauth.ClientSecretPost(google.clientSecret)
  const redirect = 'http://127.0.0.1:53682/back'
  const verifier = oauth.generateRandomCodeVerifier()
  const answer = await googleApp(sandbox, redirect).walk({
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  })
  const checked = oauth.validateAuthResponse(server, client, answer, 'the-state')
  const tokens = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    await oauth.authorizationCodeGrantRequest(server, client, secret, checked, redirect, verifier, insecure),
    { expectedNonce: 'the-nonce', requireIdToken: true },
  )
  expect(oauth.getValidatedIdTokenClaims(tokens)?.email).toBe('mira@sandbox.example')
  const refresh = async () =>
    oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, secret, String(tokens.refresh_token), insecure),
    )
  expect((await refresh()).refresh_token).toBeUndefined()
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, secret, tokens.access_token, insecure),
  )
  await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
})
