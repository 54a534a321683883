/** fontkit 2 ships no types; @cantoo/pdf-lib only hands it through. */
declare module 'fontkit' {
  export function create(data: Uint8Array, postscriptName?: string): unknown;
}
