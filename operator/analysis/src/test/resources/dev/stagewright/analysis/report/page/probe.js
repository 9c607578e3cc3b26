// Defines functions that measure a page; ReportPageIT evaluates them.
const probe = {
  inPicture: (e) => e.parentElement.closest('svg') !== null,
  name: (e) => e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.slice(0, 40),
  visible: (e) => e.checkVisibility() && e.getBoundingClientRect().width > 0,

  // Elements that reach over the right border; a table may scroll in its own box.
  wide: () => Array.from(document.body.querySelectorAll('*'))
    .filter((e) => !probe.inPicture(e) && !(e.closest('.scroll') && !e.matches('.scroll')))
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .map(probe.name),

  // Texts of pictures in pixels of the screen.
  smallest: () => Math.min(...Array.from(document.querySelectorAll('svg text')).filter(probe.visible)
    .map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)),

  rgb: (color) => color.match(/[\d.]+/g).map(Number),
  luminance: (color) => {
    const [r, g, b] = probe.rgb(color).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  },
  background: (e) => {
    for (let at = e; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (probe.rgb(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  },
  contrast: (text, back) => {
    const [a, b] = [probe.luminance(text), probe.luminance(back)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  },
  hasText: (e) => Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.textContent.trim() !== ''),

  // Texts that are hard to read, by the limit of WCAG 2 AA.
  faint: () => Array.from(document.body.querySelectorAll('*'))
    .filter((e) => probe.hasText(e) && probe.visible(e) && !e.closest('svg') && e.tagName !== 'SCRIPT')
    .filter((e) => probe.contrast(getComputedStyle(e).color, probe.background(e)) < 4.5)
    .map(probe.name),
  faintInTreemap: () => Array.from(document.querySelectorAll('.cell + text')).filter(probe.visible)
    .filter((t) => probe.contrast(getComputedStyle(t).fill,
      getComputedStyle(t.previousElementSibling).fill) < 4)
    .map(probe.name),
};
