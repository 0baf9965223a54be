/** The texts that are typed into each list, key by key: beginnings and parts of names, some with no hit. */
export const typedTexts = ['anna', 'mar', 'smith', 'jo', 'lee', 'van', 'garcia', 'qx', 'tho', 'el']
