/** What the printer and its worker thread say to each other. */

export interface PrintWorkerData {
  templatesFolder: string;
  fontFiles: string[];
}

export interface PrintRequest {
  id: number;
  template: string;
  data: unknown;
  timestampSeconds: number;
}

/** A named box of the paper. `page` counts from 1; `rect` is [x1, y1, x2, y2] in PDF points (1/72 inch) from the bottom left corner. */
export interface PrintAnchor {
  name: string;
  page: number;
  rect: [number, number, number, number];
  /** What a PDF reader says of the box, in the paper's language. */
  tooltip: string;
}

export type PrintReply =
  | { id: number; ok: true; pdf: Uint8Array; pages: number; anchors: PrintAnchor[] }
  | { id: number; ok: false; code: string; params: Record<string, string> };
