import { devNull } from 'node:os';

/**
 * Readies this process for the AWS SDK, which reads the environment by itself: it is not to parse
 * AWS's files a second time, nor to warn about Node 20 on stderr. Children get the environment as
 * it was.
 *
 * @see https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal/core/src/submodules/client/emitWarningIfUnsupportedVersion.ts
 */
export function disarmSdk(): void {
  process.env['AWS_CONFIG_FILE'] = devNull;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = devNull;
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  delete process.env['AWS_PROFILE'];
}
