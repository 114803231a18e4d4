import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../host/build-program.js';
import { inShell } from '../host/in-shell.js';
import { findTerminal } from '../support/pty.js';
import { makeTempHome } from '../support/temp-home.js';
import { untilStopped } from '../support/until-stopped.js';

const home = makeTempHome();
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('run', home.path);
});
afterAll(() => {
  home.remove();
});

describe.skipIf(findTerminal() === null).each(['run', 'become'])(
  'a child on the terminal: %s',
  (how) => {
    it('ends in its own time after Ctrl-C, before the shell has its prompt back', async () => {
      await inShell(home, async (terminal) => {
        const script = `trap "echo cleaning; sleep 0.3; echo clean; exit 3" INT; echo up; while :; do sleep 0.05; done`;
        terminal.type(`${program.join(' ')} ${how} sh -c '${script}'; echo "status $?"\n`);
        await terminal.waitFor('up\n');
        terminal.type('\u0003');
        const shown = await terminal.waitFor('ready> ');
        // The terminal's own `^C` may be shown before or after what the child says of it.
        expect(shown.replace('^C', '')).toMatch(/cleaning\nclean\nstatus 3\n/);
      });
    });

    it('that dies of Ctrl-C ends the shell’s loop, too', async () => {
      await inShell(home, async (terminal) => {
        terminal.type(
          `for i in 1 2 3; do echo "turn $i"; ${program.join(' ')} ${how} sh -c 'echo up; exec sleep 60'; done\n`,
        );
        await terminal.waitFor('turn 1\nup\n');
        terminal.type('\u0003');
        expect(await terminal.waitFor('ready> ')).not.toContain('turn 2');
      });
    });

    it('stops with Ctrl-Z and goes on with fg', async () => {
      await inShell(home, async (terminal) => {
        terminal.type(
          `${program.join(' ')} ${how} sh -c 'echo pid=$$; exec cat'; echo "status $?"\n`,
        );
        const [pid] = /\d+$/.exec(await terminal.waitFor(/pid=\d+(?=\n)/)) ?? [];
        terminal.type('before\n');
        await terminal.waitFor('before\nbefore\n');
        terminal.type('\u001a');
        await terminal.waitFor('Stopped');
        await terminal.waitFor('ready> ');
        await untilStopped(Number(pid));
        terminal.type('fg\n');
        await terminal.waitFor("exec cat'\n");
        terminal.type('after\n');
        await terminal.waitFor('after\nafter\n');
        terminal.type('\u0004');
        await terminal.waitFor('ready> ');
      });
    });
  },
);
