#!/usr/bin/env node
':' //; echo 'assume: this was sourced; it is a program, not a script (an old alias assume=". assume"?)' >&2; echo '  remove the alias: unalias assume' >&2; return 1 2>/dev/null; exit 1; : <<//
require('../dist/start.cjs');
//
