/** A config file with all that the SDKs' grammar has, of which every reader says the same. */
export const CONFIG = `# What every tool reads alike.

[default]
region = eu-west-1
output = json

[profile dev]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
region=eu-central-1
; the name of the session
role_session_name = jane.doe

[profile team/prod-1.a@b%c] # the one that matters
role_arn = arn:aws:iam::444444444444:role/path/prod-role
source_profile = base
external_id = a=b:c/d@e
duration_seconds = 3600

[profile bulk]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
s3 =
  max_concurrent_requests = 20

  addressing_style = path
services = local

[services local]
s3 =
  endpoint_url = http://localhost:9000

[sso-session corp]
sso_start_url = https://corp.awsapps.example/start#/
sso_region = eu-west-1

[plugins]
cli_legacy_plugin_path = /opt/plugins
`;

export const CREDENTIALS = `[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

# spare
[spare]
aws_access_key_id=AKIAIOSFODNN7EXAMPL2
aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE2
`;
