// Where the stand-alone executable begins.

/** How it runs itself to prove the keychain: src/host/system-keychain.ts. */
const PROVE_KEYCHAIN = 'prove-keychain: internal';

if (process.argv[2] === PROVE_KEYCHAIN) require('./prove-keychain.cjs');
else {
  // There is no script beside it.
  process.argv.splice(0, 2, process.execPath, '');
  require('./start.cjs');
}
