import { isAssumeError } from '../../../src/errors.js';
import { createNodeHost } from '../../../src/host/node-host.js';

const host = createNodeHost();
const { terminal, processes } = host;
const NAMES = ['production/admin', 'production/readonly', 'staging/admin', 'evil\u001b]0;x\u0007'];

const QUESTIONS: Record<string, () => Promise<string>> = {
  hidden: () => terminal.askHidden('MFA code for jane'),
  text: () => terminal.askText('Which name'),
  choose: () =>
    terminal.choose(
      'Which target',
      NAMES.map((name) => ({ name, value: `<${name}>`, haystack: name.toLowerCase() })),
    ),
  /** Then runs a child on the same terminal. */
  'hidden-then-cat': async () => {
    const answer = await terminal.askHidden('MFA code for jane');
    await processes.run('sh', ['-c', 'stty -a; echo cat is ready; cat'], host.env);
    return answer;
  },
};

async function main(): Promise<void> {
  try {
    if (!terminal.canAsk) {
      host.stdout(`may not ask: ${terminal.whyNot}\n`);
      return;
    }
    host.stdout(`process ${process.pid.toString()}\n`);
    const answer = await QUESTIONS[host.argv[0] ?? '']?.();
    host.stdout(`answer=${JSON.stringify(answer)} on ${terminal.name ?? 'none'}\n`);
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    host.stdout(`error=${thrown.code}\n`);
    process.exitCode = thrown.exitStatus;
  }
}

void main();
