import type { KeyPlaceRow } from './key-place.js';

/** The keychain of the system: macOS Keychain, Windows Credential Manager, Secret Service. */
export const keychain: KeyPlaceRow = {
  open: ({ host }) => ({
    words: 'the system keychain',
    get: (id) => host.keychain.get(keychainName(id)),
    has: async (id) => (await host.keychain.get(keychainName(id))) !== null,
    put: (id, key) => host.keychain.set(keychainName(id), key),
    remove: async (id) => {
      await host.keychain.remove(keychainName(id));
    },
  }),
};

/** What the key is called there. */
export const keychainName = (id: string): string => `assume/${id}`;
