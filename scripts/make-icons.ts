import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Draws the installers' icons from the window's own (`renderer/app/icon.svg`) into `resources/icons/`: one `.ico` for Windows, PNGs by size
 * for Linux. Run by hand when the drawing changes; the results are committed, because installers are built where no browser is.
 */
const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'resources', 'icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
const inIco = [16, 24, 32, 48, 64, 256];

const drawing = readFileSync(path.join(root, 'renderer', 'app', 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
const pictures = new Map<number, Buffer>();
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  pictures.set(size, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();

mkdirSync(path.join(out, 'linux'), { recursive: true });
for (const [size, png] of pictures) writeFileSync(path.join(out, 'linux', `${size}x${size}.png`), png);
writeFileSync(path.join(out, 'icon.ico'), toIco(inIco.map(size => ({ size, png: pictures.get(size) ?? Buffer.alloc(0) }))));

/** An ICO file whose pictures are PNGs, as Windows reads them since Vista: a header, one directory entry each, then the pictures. */
function toIco(entries: { size: number; png: Buffer }[]): Buffer {
  const directory = Buffer.alloc(6 + 16 * entries.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(entries.length, 4);
  let offset = directory.length;
  for (const [at, { size, png }] of entries.entries()) {
    const entry = 6 + 16 * at;
    directory.writeUInt8(size % 256, entry); // 0 stands for 256
    directory.writeUInt8(size % 256, entry + 1);
    directory.writeUInt16LE(1, entry + 4);
    directory.writeUInt16LE(32, entry + 6);
    directory.writeUInt32LE(png.length, entry + 8);
    directory.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([directory, ...entries.map(({ png }) => png)]);
}
