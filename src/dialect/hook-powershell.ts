import { powershellCompletion } from './completion-powershell.js';
import { SENTINEL } from './dialect.js';
import { type HookGrammar, SHELL_CHANGING_COMMANDS } from './hook-grammar.js';

/**
 * The hook for Windows PowerShell 5.1 and PowerShell 7. Renewal is done when the prompt is drawn,
 * which is the one moment both versions offer without taking the Enter key from the user: a
 * command typed at a prompt older than the credentials still sees the old ones.
 */
export function powershellHook(grammar: HookGrammar): string {
  return [
    'Remove-Item -LiteralPath Alias:assume -Force -ErrorAction Ignore',
    assumeFunction(grammar),
    RENEWAL,
    INHERITED,
    powershellCompletion(grammar),
    '__assume_drop_inherited\n',
  ].join('\n');
}

/**
 * PowerShell itself takes a bare `--` from the arguments of a function, so that `assume prod --
 * CMD` would arrive as `assume prod CMD`; the typed line tells, and nothing is run on a guess.
 */
function assumeFunction(grammar: HookGrammar): string {
  return `function global:assume {
  if ($args -cnotcontains '--' -and $MyInvocation.Line -cmatch '(^|[;|&({])\\s*assume\\s[^;|&]*\\s--(\\s|$)') {
    [Console]::Error.WriteLine("assume: PowerShell swallows a bare --\`nassume: quote it, as in: assume prod '--' COMMAND; or type: assume exec prod COMMAND")
    $global:LASTEXITCODE = 2
    return
  }
  if (__assume_changes_shell $args) { __assume_switch $args } else { __assume_run $null $args }
}
function global:__assume_changes_shell([object[]] $Words) {
  if ($Words -ccontains '--') { return $false }
  $skip = $false
  foreach ($word in $Words) {
    if ($skip) { $skip = $false; continue }
    if (${list(grammar.optionsWithValue)} -ccontains $word) { $skip = $true; continue }
    if ('-h', '--help', '--version' -ccontains $word) { return $false }
    if ($word -ceq '-') { return $true }
    if ("$word".StartsWith('-')) { continue }
    if (${list(SHELL_CHANGING_COMMANDS)} -ccontains $word) { return $true }
    return ${list(grammar.commands)} -cnotcontains $word
  }
  return $true
}
function global:__assume_run($Hook, [object[]] $Words) {
  $program = Get-Command -Name assume -CommandType Application, ExternalScript -ErrorAction Stop | Select-Object -First 1
  $PSNativeCommandUseErrorActionPreference = $false
  $env:ASSUME_SHELL = 'powershell'
  $env:ASSUME_HOOK = $Hook
  try { & $program @Words } finally { Remove-Item -LiteralPath Env:ASSUME_SHELL, Env:ASSUME_HOOK -ErrorAction Ignore }
}
function global:__assume_switch([object[]] $Words) {
  $lines = @(__assume_run $PID $Words)
  if ($LASTEXITCODE -ne 0) { return }
  if ($lines.Count -gt 0 -and $lines[-1] -ceq '${SENTINEL}') { Invoke-Expression ($lines -join "\`n") } else { $lines }
}`;
}

/**
 * The time is moved on before renewing: whatever fails, the next try is a minute away.
 * `ASSUME_RENEWAL` tells the program that nobody typed it.
 */
const RENEWAL = `function global:__assume_renew_if_due {
  $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
  if ("$env:ASSUME_RENEW_AT" -notmatch '^[0-9]{1,12}$' -or $now -lt [long] $env:ASSUME_RENEW_AT) { return }
  $env:ASSUME_RENEW_AT = $now + 60
  $env:ASSUME_RENEWAL = 'due'
  try { $null = __assume_switch @('renew', '--no-input', '--quiet') } catch { }
  finally { Remove-Item -LiteralPath Env:ASSUME_RENEWAL -ErrorAction Ignore }
}
if ("$function:prompt" -notlike '*__assume_renew_if_due*') {
  $global:__assume_prompt = $function:prompt
  function global:prompt {
    $succeeded = $?
    $status = $global:LASTEXITCODE
    if ($env:ASSUME_RENEW_AT) { __assume_renew_if_due }
    $global:LASTEXITCODE = $status
    if (-not $succeeded) { Write-Error '' -ErrorAction Ignore }
    & $global:__assume_prompt
  }
}`;

const INHERITED = `function global:__assume_drop_inherited {
  if (-not $env:ASSUME_TARGET -or -not $env:ASSUME_PID -or $env:ASSUME_PID -eq "$PID") { return }
  $now = [DateTime]::UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [Globalization.CultureInfo]::InvariantCulture)
  if ($env:ASSUME_PROTECTED -ceq '1') { $why = 'it is protected' }
  elseif ($env:ASSUME_EXPIRATION -and [string]::CompareOrdinal($env:ASSUME_EXPIRATION, $now) -lt 0) { $why = 'they have expired' }
  else { return }
  $target = $env:ASSUME_TARGET -creplace '[^A-Za-z0-9_.@:/+=-]', '_'
  $null = __assume_switch @('leave', '--quiet')
  if ($LASTEXITCODE -eq 0) { $outcome = "dropped the credentials of $target inherited from another shell: $why" }
  else { $outcome = "the credentials of $target inherited from another shell are still set ($why)" }
  [Console]::Error.WriteLine("assume: $outcome")
}`;

function list(words: readonly string[]): string {
  return `@(${words.map((word) => `'${word}'`).join(', ')})`;
}
