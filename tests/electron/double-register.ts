import { registerHooks } from 'node:module';

/** `node --import double-register.ts out/main/app.js`: the program's `electron` becomes the double, for `import` and `require` alike. */
const double = new URL('electron-double.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' || specifier === 'electron/main' ? { url: double, shortCircuit: true } : next(specifier, context)),
});
Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true });
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'resourcesPath', { value: process.env['ELECTRON_DOUBLE_RESOURCES'] ?? process.cwd() });
