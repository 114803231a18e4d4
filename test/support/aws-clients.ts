import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { build } from 'esbuild';

import { findTool } from './tools.js';

/** boto3, the AWS CLI and the JavaScript SDK, each asked as any program would ask them. */
export interface AwsClients {
  /**
   * What GetCallerIdentity tells each client in that environment: the caller's ARN, or the error.
   *
   * @param profile - named to each client, as `--profile` does; without it the environment decides.
   */
  whoAmI(env: ClientEnvironment, profile?: string): Promise<WhoAmI>;
  close(): void;
}

export type ClientEnvironment = Readonly<Record<string, string>>;

export interface WhoAmI {
  readonly boto3: string;
  readonly cli: string;
  readonly js: string;
}

/**
 * One Python for all questions, which forks for each: a new process with nothing in it but the
 * environment, without half a second of imports. The AWS CLI is its own Python code where it is a
 * package (version 1), else the program `aws`.
 */
const PYTHON = `
import contextlib, io, json, os, subprocess, sys
import boto3, botocore.credentials, botocore.tokens
try: from awscli.clidriver import create_clidriver
except ImportError: create_clidriver = None
# The AWS CLI's package has set it, to find its own data.
DATA = os.environ.get('AWS_DATA_PATH', '')
def ask_boto3(profile):
    return boto3.Session(profile_name=profile).client('sts').get_caller_identity()['Arn']
def ask_cli(profile):
    words = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
    if profile: words += ['--profile', profile]
    if create_clidriver is None:
        ran = subprocess.run(['aws', *words], capture_output=True, text=True)
        return ran.stdout.strip() or ran.stderr.strip()
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        create_clidriver().main(words)
    return out.getvalue().strip() or err.getvalue().strip()
def attempt(ask, profile):
    try: return ask(profile)
    except BaseException as error: return '%s: %s' % (type(error).__name__, error)
print('{}', flush=True)
for line in iter(sys.stdin.readline, ''):
    question = json.loads(line)
    if os.fork() == 0:
        os.environ.clear()
        os.environ.update({'AWS_DATA_PATH': DATA, **question['env']})
        # A new process would have found it when it was imported.
        for owner in (botocore.tokens.SSOTokenProvider, botocore.credentials.SSOProvider):
            owner._SSO_TOKEN_CACHE_DIR = os.path.expanduser('~/.aws/sso/cache')
        answer = {'id': question['id']}
        for name, ask in (('boto3', ask_boto3), ('cli', ask_cli)):
            answer[name] = attempt(ask, question['profile'])
        os.write(1, (json.dumps(answer) + '\\n').encode())
        os._exit(0)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]: pass
`;

const JAVASCRIPT = `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
const [profile] = process.argv.slice(2);
new STSClient(profile ? { profile } : {}).send(new GetCallerIdentityCommand({})).then(
  ({ Arn }) => process.stdout.write(Arn),
  (error) => process.stdout.write(error.name + ': ' + error.message),
);
`;

/** Starts them; `null` where Python or boto3 is missing, which is said and skips. */
export async function startAwsClients(): Promise<AwsClients | null> {
  const python = findTool('python3');
  if (python === null) return null;
  const directory = mkdtempSync(join(tmpdir(), 'assume-clients-'));
  const script = await buildJavaScript(directory);
  const child = spawn(python, ['-c', PYTHON], { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = new Map<number, (answer: Omit<WhoAmI, 'js'>) => void>();
  const started = new Promise<boolean>((resolve) => {
    child.on('close', () => {
      resolve(false);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { id, ...answer } = JSON.parse(line) as { id: number } & Omit<WhoAmI, 'js'>;
      waiting.get(id)?.(answer);
      resolve(true);
    });
  });
  const close = (): void => {
    child.kill();
    rmSync(directory, { recursive: true });
  };
  if (!(await started)) {
    close();
    if (process.env['CI']) throw new Error('CI must have boto3 installed');
    console.warn('skipped: boto3 is not installed on this machine');
    return null;
  }
  let questions = 0;
  return {
    close,
    whoAmI: async (env, profile) => {
      const id = questions++;
      const answered = new Promise<Omit<WhoAmI, 'js'>>((resolve) => waiting.set(id, resolve));
      child.stdin.write(`${JSON.stringify({ id, env, profile: profile ?? null })}\n`);
      const [both, js] = await Promise.all([answered, askJavaScript(script, env, profile)]);
      return { ...both, js };
    },
  };
}

async function buildJavaScript(directory: string): Promise<string> {
  const outfile = join(directory, 'ask.cjs');
  await build({
    stdin: { contents: JAVASCRIPT, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}

function askJavaScript(script: string, env: ClientEnvironment, profile?: string): Promise<string> {
  const words = [script, ...(profile === undefined ? [] : [profile])];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { env }, (error, stdout) => {
      if (error) reject(new Error('the JavaScript client failed', { cause: error }));
      else resolve(stdout);
    });
  });
}
