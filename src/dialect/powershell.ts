import { checkName, checkValue, type Dialect, failureText, SENTINEL } from './dialect.js';

/**
 * Windows PowerShell and PowerShell 7. The script is ASCII alone. Single quotes hold printable
 * ASCII, each quote doubled; everything else is written by number, because PowerShell decodes what
 * a program prints with the console's code page, where the UTF-8 bytes of a harmless letter can
 * become a curly quote, and PowerShell ends a string at curly quotes too. An empty value removes
 * the variable before PowerShell 7.5. A failure is an exception; `$LASTEXITCODE` has the status by
 * then. Its parentheses are an error of syntax to shells that would overlook a command.
 *
 * The guard begins with `do` for sh, its text holds an escape that Elvish lacks, and Nushell has no
 * `$null`.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function powershellDialect(name: string): Dialect {
  return {
    name,
    sentinel: SENTINEL,
    set: (key, value) => `$env:${checkName(key)} = ${quotePowershell(checkValue(key, value))}\n`,
    unset: (key) => `Remove-Item -LiteralPath Env:${checkName(key)} -ErrorAction Ignore\n`,
    fail: (status) => `throw ('${failureText(status)}')\n`,
    guard: (_, statements) => `do { $null = "\\q"\n${statements}} while ($false)\n`,
    usage: (command) => `${command} | Out-String | Invoke-Expression`,
  };
}

/** An expression that is exactly this text: `'it''s ' + [char]0x263a + ''`. */
function quotePowershell(text: string): string {
  const units = text.replace(/[^\x20-\x7e]|'/g, (unit) =>
    unit === "'" ? "''" : `' + [char]0x${unit.charCodeAt(0).toString(16)} + '`,
  );
  return `'${units}'`;
}
