import type { PDFDocumentProxy } from 'pdfjs-dist';

const DOTS_PER_INCH = 200;
const POINTS_PER_INCH = 72;

function inches(dots: number): string {
  return `${(dots / DOTS_PER_INCH).toFixed(3)}in`;
}

/**
 * Prints every page as a picture through the window's own print dialog. The page's policy allows no frame to hold a PDF, and a picture
 * prints the same in the desktop program and in every browser.
 */
export async function printPages(source: PDFDocumentProxy): Promise<void> {
  const holder = document.createElement('div');
  holder.className = 'print-only';
  const addresses: string[] = [];
  const size = { width: 0, height: 0 };
  for (let number = 1; number <= source.numPages; number++) {
    const page = await source.getPage(number);
    const viewport = page.getViewport({ scale: DOTS_PER_INCH / POINTS_PER_INCH });
    if (number === 1) Object.assign(size, { width: viewport.width, height: viewport.height });
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    await page.render({ canvas, viewport, intent: 'print' }).promise;
    const blob = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve); });
    if (blob === null) continue;
    const address = URL.createObjectURL(blob);
    addresses.push(address);
    const picture = document.createElement('img');
    picture.src = address;
    picture.style.cssText = 'display:block;width:100%;break-after:page';
    holder.append(picture);
    await picture.decode();
  }
  const style = document.createElement('style');
  style.textContent = `@page { size: ${inches(size.width)} ${inches(size.height)}; margin: 0 }`;
  holder.append(style);
  document.body.append(holder);
  document.body.dataset['printingPdf'] = '';
  window.print();
  delete document.body.dataset['printingPdf'];
  holder.remove();
  for (const address of addresses) URL.revokeObjectURL(address);
}
