export interface PrintedList {
  /** Above the title at the left: the managing body and the school. */
  letterhead: readonly string[];
  title: string;
  subtitle: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  /** Below the table, at the right: place and date, who signs. */
  closing: readonly string[];
}

function element(name: string, words: string, style = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = words;
  made.style.cssText = style;
  return made;
}

function line(name: 'th' | 'td', cells: readonly string[]): HTMLElement {
  const row = document.createElement('tr');
  for (const cell of cells) row.append(element(name, cell, 'border:1px solid #000;padding:3px 6px;text-align:left;vertical-align:top'));
  return row;
}

/** Prints a plain list on A4 through the window's print dialog; papers that are signed or filed are made by the program instead. */
export function printList(list: PrintedList): void {
  const holder = document.createElement('div');
  holder.className = 'print-only';
  holder.style.cssText = "font:12pt 'Be Vietnam Pro',sans-serif;color:#000";
  for (const words of list.letterhead) holder.append(element('div', words, 'font-size:11pt;font-weight:600'));
  holder.append(element('h1', list.title, 'margin:16px 0 0;font-size:15pt;text-align:center'));
  holder.append(element('div', list.subtitle, 'margin-bottom:12px;text-align:center'));
  const table = document.createElement('table');
  table.style.cssText = 'width:100%;border-collapse:collapse;font-size:10.5pt';
  const head = document.createElement('thead');
  head.append(line('th', list.heads));
  const body = document.createElement('tbody');
  for (const row of list.rows) body.append(line('td', row));
  table.append(head, body);
  holder.append(table);
  const closing = element('div', '', 'margin-top:18px;margin-left:55%;text-align:center');
  for (const words of list.closing) closing.append(element('div', words));
  holder.append(closing, element('style', '@page { size: A4; margin: 15mm 12mm } thead { display: table-header-group } tr { break-inside: avoid }'));
  document.body.append(holder);
  // The window's print style shows only `.print-only` while this is set.
  document.body.dataset['printingPdf'] = '';
  window.print();
  delete document.body.dataset['printingPdf'];
  holder.remove();
}
