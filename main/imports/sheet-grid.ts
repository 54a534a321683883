import type { Cell, MergedArea, Sheet } from '../kit/excel/workbook.ts';
import { cellText } from './import-text.ts';

/** A sheet that can be asked for any cell, rows and columns counted from 1. */
export class SheetGrid {
  readonly sheet: Sheet;
  readonly lastRow: number;
  private readonly rows: Map<number, readonly (Cell | undefined)[]>;
  private readonly mergedByRow = new Map<number, MergedArea[]>();

  constructor(sheet: Sheet) {
    this.sheet = sheet;
    this.rows = new Map(sheet.rows.map((row) => [row.number, row.cells]));
    this.lastRow = sheet.rows.at(-1)?.number ?? 0;
    for (const area of sheet.merged) {
      // A merged area beyond the content cannot change what any cell holds.
      for (let row = area.firstRow; row <= Math.min(area.lastRow, this.lastRow); row += 1) {
        const areas = this.mergedByRow.get(row);
        if (areas === undefined) this.mergedByRow.set(row, [area]);
        else areas.push(area);
      }
    }
  }

  /** The cell itself; the cells under a merged area are empty but for the first. */
  own(row: number, column: number): Cell | undefined {
    return this.rows.get(row)?.[column - 1];
  }

  /** The merged area a cell lies in. */
  area(row: number, column: number): MergedArea | undefined {
    return this.mergedByRow.get(row)?.find((area) => column >= area.firstColumn && column <= area.lastColumn);
  }

  /** The cell as the eye sees it: in a merged area everywhere the content of its first cell. */
  shown(row: number, column: number): Cell | undefined {
    const area = this.area(row, column);
    return area === undefined ? this.own(row, column) : this.own(area.firstRow, area.firstColumn);
  }

  /** Like {@link shown}, but a merge across columns fills only its first one: a title over a table is not a value in each column. */
  value(row: number, column: number): Cell | undefined {
    const area = this.area(row, column);
    if (area === undefined || area.firstColumn !== area.lastColumn) return this.own(row, column);
    return this.own(area.firstRow, area.firstColumn);
  }

  lastColumn(row: number): number {
    const merged = this.mergedByRow.get(row)?.map((area) => area.lastColumn) ?? [];
    return Math.max(this.rows.get(row)?.length ?? 0, ...merged);
  }

  /** The columns of a row that show something. */
  filledColumns(row: number): number[] {
    const columns: number[] = [];
    this.rows.get(row)?.forEach((cell, index) => {
      if (cellText(cell) !== '') columns.push(index + 1);
    });
    return columns;
  }
}
