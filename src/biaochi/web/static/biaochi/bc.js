/* Biaochi: everything works without this script. No eval, no handlers in the markup. */
(function () {
  var d = document, root = d.documentElement, main = d.getElementById('main');
  root.classList.add('js');
  // 1 letter size: change at once and keep it (the form does the same through the server)
  d.querySelectorAll('.bc-size').forEach(function (form) {
    form.addEventListener('submit', function (e) {
      var chosen = e.submitter;
      if (!chosen) return;
      e.preventDefault();
      if (chosen.value === 'm') root.removeAttribute('data-size');
      else root.setAttribute('data-size', chosen.value);
      form.querySelectorAll('button').forEach(function (b) {
        b.setAttribute('aria-pressed', b === chosen ? 'true' : 'false');
      });
      d.cookie = 'size=' + chosen.value + ';path=/;max-age=31536000;samesite=lax';
    });
  });
  // 2 read aloud
  d.querySelectorAll('[data-bc-read]').forEach(function (button) {
    var voice = window.speechSynthesis;
    if (!voice) return;
    button.hidden = false;
    button.addEventListener('click', function () {
      if (voice.speaking) { voice.cancel(); return; }
      var words = new SpeechSynthesisUtterance(main.innerText);
      words.lang = root.lang === 'en' ? 'en' : 'zh-CN';
      words.rate = 0.9;
      voice.speak(words);
    });
  });
  d.addEventListener('change', function (e) {
    var t = e.target, tile = t.closest('.bc-file');
    // 3 the chosen tile
    if (t.closest('.bc-choice')) d.getElementsByName(t.name).forEach(function (i) {
      var c = i.closest('.bc-choice');
      if (c) c.classList.toggle('bc-choice--on', i.checked);
    });
    // 4 the file tile says what was picked
    if (t.type !== 'file' || !tile) return;
    var small = tile.querySelector('[data-bc-one]'), n = t.files.length;
    tile.classList.toggle('bc-file__on', n > 0);
    if (small && n) small.textContent = n > 1
      ? small.dataset.bcMany.replace('{n}', n) : small.dataset.bcOne.replace('{name}', t.files[0].name);
  });
  // 5 the code of a receipt comes behind the # of the address, which no browser sends anywhere
  var field = d.querySelector('[data-bc-code]');
  if (field && !field.value && /^#[a-z]+-\w{4}-\w{4}$/i.test(location.hash)) {
    field.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
  }
  // 6 what is wrong is read first
  var wrong = d.querySelector('.bc-errsum');
  if (wrong) wrong.focus();
})();
