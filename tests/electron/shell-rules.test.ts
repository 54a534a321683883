import { expect, test, vi } from 'vitest';
import { fileOf } from '../../main/kit/window-files.ts';
import { readLaunch } from '../../main/electron/launch-arguments.ts';
import { checkedFeed } from '../../main/electron/program-updater.ts';
import { filtersFor, safeFileName } from '../../main/electron/save-downloads.ts';
import { isOwnPage, mayOpenOutside, staysInside } from '../../main/electron/window-security.ts';
import { fitToScreens, type WindowState } from '../../main/electron/window-state.ts';
import { fromRecoveryKey, keyFingerprint, toRecoveryKey } from '../../main/electron/recovery-key.ts';

// These are the shell's rules that need no Electron; npm's `electron` package would try to download its binary.
vi.mock('electron', () => ({}));

test('only app://bundle/ is a page of the program, however alike another address looks', () => {
  expect(isOwnPage('app://bundle/index.html')).toBe(true);
  expect(isOwnPage('app://bundle/')).toBe(true);
  for (const address of [undefined, '', 'app://bundle', 'app://bundle.example.invalid/', 'app://keys/', 'app://other/bundle/', 'https://bundle/', 'file:///app://bundle/', 'APP://bundle/']) expect(isOwnPage(address)).toBe(false);
});

test('a page moves within its own place only', () => {
  expect(staysInside('app://bundle/index.html', 'app://bundle/index.html#/grades')).toBe(true);
  expect(staysInside('app://keys/', 'app://keys/')).toBe(true);
  expect(staysInside('app://bundle/index.html', 'app://keys/')).toBe(false);
  expect(staysInside('app://keys/', 'app://bundle/')).toBe(false);
  expect(staysInside('', 'app://bundle/')).toBe(false);
});

test('links leave to https sites of the list and their sub-sites, nowhere that only resembles them', () => {
  for (const link of ['https://moet.gov.vn/', 'https://csdl.moet.gov.vn/truong?x=1', 'https://vbpl.vn/TW']) expect(mayOpenOutside(link), link).toBe(true);
  for (const link of [
    'http://moet.gov.vn/', 'https://notmoet.gov.vn/', 'https://moet.gov.vn.example.invalid/', 'https://moet.gov.vn@example.invalid/', 'https://user:pass@moet.gov.vn/',
    'https://moet.gov.vn:8443/', 'javascript:alert(1)', 'file:///C:/Windows/System32/calc.exe', 'ms-msdt:/id', 'moet.gov.vn', '',
  ]) expect(mayOpenOutside(link), link).toBe(false);
});

test('the window\'s scheme serves files below its folder only', () => {
  const folder = '/opt/Sổ Trường/renderer';
  expect(fileOf('/', folder)).toBe(`${folder}/index.html`);
  expect(fileOf('/assets/be%20vietnam.woff2', folder)).toBe(`${folder}/assets/be vietnam.woff2`);
  for (const wanted of ['/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/%00', '/%zz']) expect(fileOf(wanted, folder), wanted).toBeNull();
});

test('a new window is centred on the main screen and fits it', () => {
  expect(fitToScreens(undefined, [{ x: 0, y: 0, width: 1366, height: 728 }])).toEqual({ x: 43, y: 4, width: 1280, height: 720, maximized: false });
  expect(fitToScreens(undefined, [{ x: 0, y: 0, width: 1024, height: 560 }])).toEqual({ x: 0, y: 0, width: 1024, height: 560, maximized: false });
});

test('a remembered window returns to its place, unless its screen is gone or smaller', () => {
  const office = { x: 0, y: 0, width: 1366, height: 728 };
  const projector = { x: 1366, y: 0, width: 1920, height: 1040 };
  const remembered: WindowState = { x: 1500, y: 100, width: 1600, height: 900, maximized: true };
  expect(fitToScreens(remembered, [office, projector])).toEqual(remembered);
  expect(fitToScreens(remembered, [office])).toEqual({ x: 0, y: 0, width: 1366, height: 728, maximized: true });
  expect(fitToScreens({ x: -500, y: 10, width: 1200, height: 700, maximized: false }, [office])).toEqual({ x: 0, y: 10, width: 1200, height: 700, maximized: false });
  expect(fitToScreens({ x: 100, y: 720, width: 1200, height: 700, maximized: false }, [office])).toEqual({ x: 83, y: 14, width: 1200, height: 700, maximized: false });
  expect(fitToScreens({ x: 100, y: 10, width: 300, height: 200, maximized: false }, [office])).toEqual({ x: 100, y: 10, width: 1024, height: 600, maximized: false });
});

test('file names keep Vietnamese letters and lose what Windows forbids', () => {
  expect(safeFileName('Học bạ: Nguyễn Thị Ngữ / 9A?.pdf')).toBe('Học bạ- Nguyễn Thị Ngữ - 9A-.pdf');
  expect(safeFileName('..\\..\\evil.exe')).toBe('-..-evil.exe');
  expect(safeFileName('Học bạ'.normalize('NFD'))).toBe('Học bạ');
  expect(safeFileName('CON.pdf')).toBe('_CON.pdf');
  expect(safeFileName('con số.pdf')).toBe('con số.pdf');
  expect(safeFileName(' . ')).toBe('tep');
});

test('the save dialog offers the file\'s own kind first', () => {
  expect(filtersFor('Học bạ.PDF')).toEqual([{ name: 'Tệp PDF', extensions: ['pdf'] }, { name: 'Mọi tệp', extensions: ['*'] }]);
  expect(filtersFor('goi.stpkg')[0]).toEqual({ name: 'STPKG', extensions: ['stpkg'] });
  expect(filtersFor('khong-duoi')).toEqual([{ name: 'Mọi tệp', extensions: ['*'] }]);
});

test('arguments are read wherever Chromium puts its own switches', () => {
  expect(readLaunch(['electron', 'app.js', '--data', 'D:\\Dữ liệu trường', '--no-sandbox'])).toEqual({ dataFolder: 'D:\\Dữ liệu trường', selfCheck: null });
  expect(readLaunch(['so-truong', '--allow-file-access', '--data=/srv/truong', '--self-check=/tmp/a.json'])).toEqual({ dataFolder: '/srv/truong', selfCheck: '/tmp/a.json' });
  expect(readLaunch(['so-truong', '--data='])).toEqual({ dataFolder: null, selfCheck: null });
  expect(readLaunch(['so-truong', '--data'])).toEqual({ dataFolder: null, selfCheck: null });
});

test('an update feed is https, or this very PC', () => {
  expect(checkedFeed('https://so.gd.example/so-truong')).toBe('https://so.gd.example/so-truong/');
  expect(checkedFeed('http://127.0.0.1:8000/')).toBe('http://127.0.0.1:8000/');
  expect(() => checkedFeed(undefined)).toThrow('update.notConfigured');
  for (const feed of ['http://so.gd.example/', 'ftp://so.gd.example/', 'http://127.0.0.1.example.invalid/', 'so.gd.example', 'file:///tmp']) expect(() => checkedFeed(feed), feed).toThrow('update.badFeed');
});

test('a recovery key gives the database key back, however it was copied', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256));
  const recoveryKey = toRecoveryKey(key);
  expect(recoveryKey.split(' ')).toHaveLength(14);
  expect(fromRecoveryKey(recoveryKey)).toEqual(key);
  expect(fromRecoveryKey(` ${recoveryKey.toLowerCase().replaceAll(' ', '-')} `)).toEqual(key);
  expect(fromRecoveryKey(recoveryKey.replaceAll('0', 'O').replaceAll('1', 'l'))).toEqual(key);
  for (const other of [Buffer.alloc(32), Buffer.alloc(32, 255)]) expect(fromRecoveryKey(toRecoveryKey(other))).toEqual(other);
});

test('one misread, missing or swapped letter of a recovery key is noticed', () => {
  const recoveryKey = toRecoveryKey(Buffer.alloc(32, 0x5a)).replaceAll(' ', '');
  for (let at = 0; at < recoveryKey.length; at += 1) {
    const misread = recoveryKey[at] === '7' ? '8' : '7';
    expect(fromRecoveryKey(recoveryKey.slice(0, at) + misread + recoveryKey.slice(at + 1)), `letter ${at}`).toBeNull();
  }
  expect(fromRecoveryKey(recoveryKey.slice(1))).toBeNull();
  expect(fromRecoveryKey(`${recoveryKey}0`)).toBeNull();
  expect(fromRecoveryKey(recoveryKey.replace(/.$/, 'Ữ'))).toBeNull();
  const swapped = toRecoveryKey(Buffer.from(Array.from({ length: 32 }, (_, at) => at))).replaceAll(' ', '');
  expect(fromRecoveryKey(swapped.slice(0, 20) + (swapped[21] ?? '') + (swapped[20] ?? '') + swapped.slice(22))).toBeNull();
});

test('a key is told by its fingerprint, which does not give it away', () => {
  const key = Buffer.alloc(32, 1);
  expect(keyFingerprint(key)).toMatch(/^[0-9a-f]{16}$/);
  expect(keyFingerprint(key)).not.toBe(keyFingerprint(Buffer.alloc(32, 2)));
  expect(key.toString('hex')).not.toContain(keyFingerprint(key));
});
