/** Texts that a service may change on the way: cut, escaped twice, expanded, normalized. Each kind with its name. */
export const TEXTS_THAT_BREAK: Readonly<Record<string, string>> = {
  markup: '<b>bold</b> <script>alert(1)</script> <!-- none -->',
  entities: 'one &amp; two &lt;b&gt; &#39;three&#39; & four',
  quotes: `"double" 'single' \`back\``,
  backslashes: 'C:\\new\\table \\u0041 \\\\server',
  'percent signs': '100% %41 %s %d %% 1+1',
  placeholders: '\u0024{HOME} #{name} {{name}} $(id) {0}',
  'line breaks': 'first\nsecond\r\nthird\ttab',
  'combining characters': 'e\u0301 a\u030a \u1112\u1161\u11ab',
  emoji: '\u{1f469}\u200d\u{1f4bb} \u{1f1e9}\u{1f1ea} \u{1f600}',
  'other scripts': 'Größe, размер, 大小, العربية',
};

/** A text of so many characters that repeats itself nowhere, so that a cut shows. */
export function longText(length: number): string {
  const numbered = Array.from({ length: Math.ceil(length / 4) }, (_, index) =>
    String(index).padStart(4, '.'),
  );
  return numbered.join('').slice(0, length);
}
