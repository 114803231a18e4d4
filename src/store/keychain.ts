import type { KeyPlaceRow } from './key-place.js';

/** The keychain of the system: macOS Keychain, Windows Credential Manager, Secret Service. */
export const keychain: KeyPlaceRow = {
  open: ({ host }) => ({
    words: 'the system keychain',
    get: (id) => host.keychain.get(nameOf(id)),
    put: (id, key) => host.keychain.set(nameOf(id), key),
    remove: async (id) => {
      await host.keychain.remove(nameOf(id));
    },
  }),
};

const nameOf = (id: string): string => `assume/${id}`;
