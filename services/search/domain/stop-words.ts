/**
 * Words that say nothing of what is looked for: what people put around it. Left out of a query that has others. Short words
 * that may be part of a name ("it", "who", "what") are here too: a query of nothing else keeps them. "Can" is not: shops sell
 * watering cans.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a an and are as at be but by do does for from has have how i if in into is it its me my no not of on or our so such',
    'than that the their then there these they this to was we what when where which who whose will with you your could',
    'would should about any some am please thanks thank looking want need find buy get',
    'el la los las un una unos unas y o de del al en para por con sin que es su sus mi se lo quiero busco necesito comprar',
    'ที่ และ ของ ใน มี เป็น ให้ กับ จาก ครับ ค่ะ คะ อยาก ได้ หา ซื้อ สำหรับ',
    'の を に は が と で も',
  ].flatMap((words) => words.split(' ')),
);
