import type { ProgramOutput } from '../../src/host/host.js';
import type { FakeFiles } from './fake-files.js';
import type { ProgramRun } from './fake-host.js';

const STORE = '/home/jane/.password-store';

/** The program `pass`, as far as it is used here, on a disk in memory. */
export function fakePass(files: FakeFiles, { args, limits }: ProgramRun): ProgramOutput {
  const [action = ''] = args;
  const path = `${STORE}/${args.at(-1) ?? ''}.gpg`;
  const done = (stdout = ''): ProgramOutput => ({ end: { status: 0 }, stdout, stderr: '' });
  const text = files.readText(path);
  switch (action) {
    case 'insert':
      files.writePrivate(path, limits.input ?? '');
      return done();
    case 'show':
      return text === null
        ? { end: { status: 1 }, stdout: '', stderr: 'Error: it is not in the password store.\n' }
        : done(text);
    default:
      files.remove(path);
      return done();
  }
}
