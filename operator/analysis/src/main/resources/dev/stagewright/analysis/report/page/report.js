'use strict';
// Adds buttons that show the findings of one severity only.
(function () {
  const findings = Array.from(document.querySelectorAll('.finding'));
  const severities = Array.from(new Set(findings.map((f) => f.dataset.severity)));
  if (severities.length < 2) {
    return;
  }
  const bar = document.createElement('div');
  bar.className = 'filter';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Show findings');
  const buttons = ['all'].concat(severities).map((name) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => show(name));
    bar.append(button);
    return button;
  });
  function show(name) {
    buttons.forEach((b) => b.setAttribute('aria-pressed', String(b.textContent === name)));
    findings.forEach((f) => { f.hidden = name !== 'all' && f.dataset.severity !== name; });
  }
  document.querySelector('.findings').before(bar);
  show('all');
})();
