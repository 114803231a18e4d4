/** A config file with each way to credentials, and most values that say how. */
export const CONFIG = `[default]
region = eu-west-1

[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

[profile dev]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane.doe
external_id = acme-1
duration_seconds = 3600
mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe
region = eu-west-1
session_tags = team=red,env=dev
transitive_session_tags = team
source_identity = jane.doe
sts_regional_endpoints = regional
use_fips_endpoint = false
use_dualstack_endpoint = true

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile sso]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Developer

[profile old]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111111111111
sso_role_name = Developer

[profile web]
role_arn = arn:aws:iam::222222222222:role/web
web_identity_token_file = /tmp/token
role_session_name = pod

[profile proc]
credential_process = /bin/echo "a b"

[profile host]
role_arn = arn:aws:iam::222222222222:role/host
credential_source = Ec2InstanceMetadata

[profile signed]
login_session = arn:aws:iam::111111111111:user/jane.doe
region = eu-west-1

[profile wide]
include_profile = dev
role_arn = arn:aws:iam::222222222222:role/other
source_profile = base

[profile us]
credential_process = assume credential-process dev --duration 1h
`;

export const CREDENTIALS = `[keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPL2
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE2
aws_session_token = token
`;

/** An assume.ini with each kind of section. */
export const INI = `[settings]
identity = shared
session_duration = 12h
store = auto

[identity shared]
account_id = 111111111111
credentials = profile:base
mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe

[customer acme]
external_id = acme-1
color = red

[role admin]
duration = 1h
protected = yes

[account production]
id = 444444444444
customer = acme
tags = env=prod, tier=gold
region = eu-west-1
roles = admin, readonly

[target production/admin]
mfa_max_age = 1h
alias = prod
reason = yes
`;
