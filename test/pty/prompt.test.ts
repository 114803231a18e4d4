import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../host/build-program.js';
import { inShell } from '../host/in-shell.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { makeTempHome } from '../support/temp-home.js';

const home = makeTempHome();
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('ask', home.path);
});
afterAll(() => {
  home.remove();
});

/** The terminal as `stty` sees it once the shell has it back: cooked, with echo, signals, newlines. */
async function expectSane(terminal: Terminal): Promise<void> {
  await terminal.waitFor('ready> ');
  terminal.type('stty -a; echo settings end\n');
  await terminal.waitFor('settings end\n');
  expectSaneSettings(await terminal.waitFor('settings end\n'));
}

function expectSaneSettings(settings: string): void {
  for (const setting of ['icanon', 'isig', 'echo', 'icrnl', 'opost']) {
    expect(settings).toMatch(new RegExp(`\\s${setting}\\b`));
  }
}

describe.skipIf(findTerminal() === null)('a question on the terminal', () => {
  it('takes a code that is never shown', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} hidden | cat\n`);
      await terminal.waitFor('MFA code for jane');
      // Ctrl-T would show it in other prompts of the library.
      terminal.type('91827\u0014');
      terminal.type('3');
      await terminal.waitFor('******');
      terminal.type('\r');
      await terminal.waitFor('answer="918273" on /dev/pts/');
      expect(terminal.output.split('918273')).toHaveLength(2);
      await expectSane(terminal);
    });
  });

  it('uses the device when stdin, stdout and stderr are something else', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`echo piped | ${program.join(' ')} text >out 2>err; cat out err\n`);
      await terminal.waitFor('Which name');
      terminal.type('jane\r');
      await terminal.waitFor('answer="jane" on /dev/pts/');
      await expectSane(terminal);
    });
  });

  it('filters a list by every word, with names made visible', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} choose\n`);
      await terminal.waitFor('evil\\u{1b}]0;x\\u{7}');
      terminal.type('read prod');
      // What was there before is shown once more first, under the whole of what was typed.
      await terminal.waitFor('read prod\n❯ production/readonly\n\n');
      terminal.type('\r');
      await terminal.waitFor('answer="<production/readonly>"');
      await expectSane(terminal);
    });
  });

  it.each([
    ['Enter', 'stag adm\r', '<staging/admin>'],
    ['an arrow and Enter', 'admin\u001b[B\r', '<staging/admin>'],
    ['Enter after the list was empty', 'zz\u007f\u007fread\r', '<production/readonly>'],
  ])('takes %s typed in one go with the words before it', async (_what, keys, answer) => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} choose\n`);
      await terminal.waitFor(/production\/admin[^]*select/);
      terminal.type(keys);
      await terminal.waitFor(`answer="${answer}"`);
      await expectSane(terminal);
    });
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-C after half a code', '123\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is cancelled by %s', async (_key, keys) => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} hidden; echo status $?\n`);
      await terminal.waitFor('MFA code for jane');
      terminal.type(keys);
      await terminal.waitFor('error=CANCELLED\nstatus 130\n');
      await expectSane(terminal);
    });
  });

  it('lets go on Ctrl-Z and asks again after fg', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} hidden\n`);
      await terminal.waitFor('MFA code for jane');
      terminal.type('123\u001a');
      await terminal.waitFor('Stopped');
      await expectSane(terminal);
      await terminal.waitFor('ready> ');
      terminal.type('fg\n');
      await terminal.waitFor('MFA code for jane');
      terminal.type('456789\r');
      await terminal.waitFor('answer="456789"');
      await expectSane(terminal);
    });
  });

  it('still hides the code where nobody can stop it', async () => {
    const [command, ...args] = program;
    const terminal = openTerminal(command, [...args, 'hidden'], { env: home.env });
    try {
      await terminal.waitFor('MFA code for jane');
      terminal.type('\u001a');
      await terminal.waitFor('MFA code for jane');
      terminal.type('918273\r');
      await terminal.waitFor('answer="918273"');
      expect(terminal.output.split('918273')).toHaveLength(2);
    } finally {
      await terminal.close();
    }
  });

  it('stops whoever waits for it too: a script in a pipeline', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`echo x | sh -c '${program.join(' ')} text; echo script ends'\n`);
      await terminal.waitFor('Which name');
      terminal.type('\u001a');
      await terminal.waitFor('Stopped');
      await terminal.waitFor('ready> ');
      terminal.type('fg\n');
      await terminal.waitFor('Which name');
      terminal.type('jane\r');
      await terminal.waitFor('answer="jane"');
      await terminal.waitFor('script ends\n');
    });
  });

  it('does nothing on Ctrl-Z where what it prints is captured', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`x=$(${program.join(' ')} hidden); echo "$x"\n`);
      await terminal.waitFor('MFA code for jane');
      terminal.type('123\u001a456');
      await terminal.waitFor('******');
      terminal.type('\r');
      await terminal.waitFor('answer="123456"');
      await expectSane(terminal);
    });
  });

  it.each(['TERM', 'HUP', 'QUIT', 'INT'])(
    'restores the terminal when %s ends it',
    async (signal) => {
      await inShell(home, async (terminal) => {
        // This shell, other than an interactive one, does not mend the terminal after a child.
        terminal.type(`sh -c '${program.join(' ')} hidden; stty -a; echo settings end'\n`);
        const shown = await terminal.waitFor(/(?<=process )\d+(?=\n)/);
        const [pid] = /\d+$/.exec(shown) ?? [];
        await terminal.waitFor('MFA code for jane');
        terminal.type('12');
        await terminal.waitFor('**');
        process.kill(Number(pid), `SIG${signal}`);
        expectSaneSettings(await terminal.waitFor('settings end\n'));
      });
    },
  );

  it('leaves the terminal to the child that is run next', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} hidden-then-cat\n`);
      await terminal.waitFor('MFA code for jane');
      terminal.type('123456\r');
      const settings = await terminal.waitFor('cat is ready\n');
      expect(settings).toMatch(/\sicanon\b[^]*\secho\b/);
      terminal.type('all of this line\n');
      await terminal.waitFor('all of this line\nall of this line\n');
      terminal.type('\u0004');
      await terminal.waitFor('answer="123456"');
    });
  });

  it('is not put in the background, and says why', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`${program.join(' ')} hidden & wait\n`);
      await terminal.waitFor('may not ask: this process is in the background of its terminal');
    });
  });

  it('is not put without a terminal, and says why', async () => {
    await inShell(home, async (terminal) => {
      terminal.type(`setsid -w ${program.join(' ')} hidden\n`);
      await terminal.waitFor('may not ask: there is no terminal');
    });
  });
});
