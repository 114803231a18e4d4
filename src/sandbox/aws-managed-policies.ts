/**
 * Policies that AWS manages, as far as this sandbox has calls for them to decide on: the real ones
 * list the reading calls of every service. The partition in their ARNs is `aws`.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const AWS_MANAGED_POLICIES: Readonly<Record<string, unknown>> = {
  'arn:aws:iam::aws:policy/AdministratorAccess': allow('*'),
  'arn:aws:iam::aws:policy/ReadOnlyAccess': allow([
    'iam:Generate*',
    'iam:Get*',
    'iam:List*',
    'iam:Simulate*',
    'sts:GetAccessKeyInfo',
    'sts:GetCallerIdentity',
    'sts:GetSessionToken',
  ]),
  'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess': allow([
    'iam:List*',
    'iam:GetAccountSummary',
  ]),
};

function allow(actions: string | string[]): unknown {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}
