/** Hands bytes to the person as a file: the browser's or the program's own save dialog. */
export function saveFile(fileName: string, bytes: Uint8Array, type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(new Blob([bytes.slice().buffer], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download reads the address after the click returned.
  window.setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
}
