export { dateFormat, formatRate, monthFormat } from './formats.ts';
export { drawPdf, PAGE, Page, type Style } from './page.ts';
export { linesOf } from './wrap.ts';
