/** Node's cryptography, which takes longer to load than most answers take: got when it is used. */
export const nodeCrypto = (): typeof import('node:crypto') =>
  process.getBuiltinModule('node:crypto');
