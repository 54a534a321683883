// The package ships types that its "exports" map hides; they are those of better-sqlite3.
declare module 'better-sqlite3-multiple-ciphers' {
  import Database = require('better-sqlite3');
  export = Database;
}
