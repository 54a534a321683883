import type { CdpSession } from './cdp-client.ts';

const inches: Record<string, [number, number]> = { A3: [11.7, 16.54], A4: [8.27, 11.7], A5: [5.83, 8.27], Letter: [8.5, 11] };

/** Electron's `printToPDF` in the words of the DevTools protocol; sizes and margins are inches in both. */
export async function printToPdf(page: CdpSession, options: Electron.PrintToPDFOptions): Promise<Buffer> {
  const [paperWidth, paperHeight] = typeof options.pageSize === 'object' ? [options.pageSize.width, options.pageSize.height] : sizeOf(options.pageSize ?? 'Letter');
  const { data } = await page.send<{ data: string }>('Page.printToPDF', {
    paperWidth,
    paperHeight,
    landscape: options.landscape ?? false,
    printBackground: options.printBackground ?? false,
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
  });
  return Buffer.from(data, 'base64');
}

function sizeOf(name: string): [number, number] {
  const size = inches[name];
  if (size === undefined) throw new Error(`electron double: page size ${name} is not modelled`);
  return size;
}
