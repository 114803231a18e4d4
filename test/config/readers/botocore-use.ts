import { spawnSync } from 'node:child_process';

/** What botocore makes of the profile `p` of a config file. */
export interface Use {
  /** The name of the error by which it refuses the profile; `null` when it would call AWS. */
  readonly error: string | null;
  /** The parameters of the `AssumeRole` that it would send; empty when it needs none. */
  readonly assumeRole: Readonly<Record<string, string>>;
  /** The address that it would call STS at; `null` when it refuses to. */
  readonly endpoint: string | null;
}

/**
 * Has botocore get the credentials of the profile `p` and make a client with it, of each file.
 * Nothing is sent.
 *
 * @param python - One that has botocore.
 */
export function useByBotocore(python: string, texts: readonly string[]): Use[] {
  const child = spawnSync(python, ['-c', USE], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env['PATH'], PYTHONUTF8: '1', AWS_EC2_METADATA_DISABLED: 'true' },
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Use[];
}

const USE = `
import json, os, sys, tempfile
from urllib.parse import parse_qsl
from botocore import httpsession, session

class Sent(Exception):
    pass

def send(self, request):
    error = Sent()
    error.request = request
    raise error

httpsession.URLLib3Session.send = send
path = os.path.join(tempfile.mkdtemp(), 'f')
os.environ['AWS_CONFIG_FILE'] = path
os.environ['AWS_SHARED_CREDENTIALS_FILE'] = path + '-absent'

def attempt(work):
    try:
        work()
    except Sent as sent:
        return None, sent.request
    except Exception as error:
        return type(error).__name__, None
    return None, None

def use(text):
    with open(path, 'w') as file:
        file.write(text)
    own = session.Session(profile='p')
    found = []
    error, role = attempt(lambda: found.append(own.get_credentials()))
    if found:
        frozen_error, role = attempt(lambda: found[0] and found[0].get_frozen_credentials())
        error = frozen_error or (None if found[0] else 'NoCredentials')
    fake = {'aws_access_key_id': 'AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key': 'fake'}
    region = own.get_config_variable('region') or 'eu-west-1'
    client_error, call = attempt(
        lambda: own.create_client('sts', region_name=region, **fake).get_caller_identity())
    return {'error': error or client_error,
            'assumeRole': dict(parse_qsl(role.body.decode() if isinstance(role.body, bytes) else role.body)) if role else {},
            'endpoint': call.url if call else None}

print(json.dumps([use(text) for text in json.load(sys.stdin)]))
`;
