import {
  HOOKED_SHELLS,
  IDENTITY_COMMANDS,
  IDENTITY_VERBS,
  type HookGrammar,
  TARGET_COMMANDS,
} from './hook-grammar.js';

/**
 * TAB in PowerShell. A candidate that is not a plain word is inserted in single quotes, its curly
 * quotes doubled too, since PowerShell ends strings at those as well.
 */
export function powershellCompletion(grammar: HookGrammar): string {
  const options = [...grammar.optionsWithValue, ...grammar.flags, '--help'];
  return `Register-ArgumentCompleter -Native -CommandName assume -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $first = ''
  $skip = $false
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
  foreach ($word in $typed) {
    if ($skip) { $skip = $false; continue }
    if ($word -ceq '--') { return }
    if ('${grammar.optionsWithValue.join("', '")}' -ccontains $word) { $skip = $true; continue }
    if ($word.StartsWith('-')) { continue }
    if ($first -ceq 'identity') { $first = "identity $word" }
    elseif ($first) { return }
    else { $first = $word }
  }
  if ($skip) { return }
  $names = { & (Get-Command -Name assume -CommandType Application, ExternalScript | Select-Object -First 1) @args --names 2>$null }
  $candidates = if ("$wordToComplete".StartsWith('-')) { '${options.join("', '")}' }
    elseif (-not $first) { @('${grammar.commands.join("', '")}') + @(& $names list) }
    elseif ('${TARGET_COMMANDS.join("', '")}' -ccontains $first) { & $names list }
    elseif ($first -ceq 'identity') { '${IDENTITY_VERBS.join("', '")}' }
    elseif ('${IDENTITY_COMMANDS.join("', '")}' -ccontains $first) { & $names identity list }
    elseif ($first -ceq 'hook') { '${HOOKED_SHELLS.join("', '")}' }
  foreach ($candidate in $candidates) {
    if (-not $candidate -or -not $candidate.StartsWith("$wordToComplete", [StringComparison]::Ordinal)) { continue }
    $text = if ($candidate -cmatch '^[A-Za-z0-9_./:+=-]+$') { $candidate } else { "'" + ($candidate -replace "['\\u2018\\u2019\\u201a\\u201b]", '$0$0') + "'" }
    [System.Management.Automation.CompletionResult]::new($text, $candidate, 'ParameterValue', $candidate)
  }
}`;
}
