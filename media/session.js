// The session view's page. Everything it shows came from an untrusted agent: only textContent is ever set.
(() => {
  const host = acquireVsCodeApi();
  const log = byId('log');
  const status = byId('status');
  const review = byId('review');
  const answer = byId('answer');

  const tabs = byId('tabs');
  const follow = byId('follow');
  const prompt = byId('prompt');
  // What was begun to be written, by session: kept while the view is hidden.
  const drafts = host.getState()?.drafts ?? {};
  let shown = '';

  for (const id of ['run', 'stop', 'end', 'review', 'answer']) {
    byId(id).addEventListener('click', () => host.postMessage({ type: id }));
  }
  follow.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  prompt.addEventListener('input', () => keepDraft(prompt.value));
  prompt.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...tabs.children];
    const at = all.indexOf(document.activeElement);
    all[(at + step + all.length) % all.length]?.focus();
  });
  window.addEventListener('message', ({ data }) => {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    if (data.type === 'reset') log.replaceChildren();
    if (data.type === 'patch') for (const id of data.removed) document.getElementById(`item-${id}`)?.remove();
    for (const item of data.items) put(item);
    showState(data.state);
    if (isAtEnd || data.type === 'reset') log.scrollTop = log.scrollHeight;
  });
  host.postMessage({ type: 'ready' });

  function showState(state) {
    if (status.textContent !== state.status) status.textContent = state.status;
    showTabs(state.tabs);
    showPrompt(state);
    byId('stop').hidden = !state.canStop;
    byId('end').hidden = !state.canPrompt;
    answer.hidden = state.questions === 0;
    answer.textContent = state.answerLabel;
    review.hidden = state.pending === 0;
    review.textContent = state.reviewLabel;
    const isEmpty = log.childElementCount === 0;
    log.hidden = isEmpty;
    byId('empty').hidden = !isEmpty || state.running;
    // One thing to do at a time: what waits is reviewed first.
    byId('run').hidden = state.pending > 0;
  }

  function showPrompt({ sessionId, canPrompt }) {
    if (sessionId !== shown) {
      shown = sessionId;
      prompt.value = drafts[sessionId] ?? '';
    }
    follow.hidden = !canPrompt;
    byId('send').disabled = prompt.value.trim() === '';
  }

  // In place: a button that is replaced between press and release takes no click.
  function showTabs(list) {
    tabs.hidden = list.length === 0;
    const known = new Map([...tabs.children].map((tab) => [tab.dataset.session, tab]));
    for (const [id, tab] of known) if (!list.some((entry) => entry.id === id)) tab.remove();
    list.forEach((entry, index) => {
      const tab = known.get(entry.id) ?? createTab(entry.id);
      if (tabs.children[index] !== tab) tabs.insertBefore(tab, tabs.children[index] ?? null);
      tab.className = `hue${entry.hue}${entry.isWorking ? ' working' : ''}`;
      tab.ariaSelected = String(entry.isShown);
      tab.tabIndex = entry.isShown ? 0 : -1;
      if (tab.textContent !== entry.label) tab.textContent = entry.label;
      tab.title = entry.label;
    });
  }

  function createTab(id) {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.role = 'tab';
    tab.dataset.session = id;
    tab.setAttribute('aria-controls', 'log');
    tab.addEventListener('click', () => host.postMessage({ type: 'show', sessionId: id }));
    return tab;
  }

  function send() {
    const text = prompt.value;
    if (text.trim() === '' || follow.hidden) return;
    host.postMessage({ type: 'prompt', sessionId: shown, text });
    prompt.value = '';
    keepDraft('');
  }

  function keepDraft(text) {
    drafts[shown] = text;
    byId('send').disabled = text.trim() === '';
    host.setState({ drafts });
  }

  function put(item) {
    const known = document.getElementById(`item-${item.id}`);
    if (item.kind === 'tool') {
      const tool = known ?? addTool(item.id);
      fillTool(tool, item);
      return;
    }
    const element = known ?? add('div', item.id);
    element.className = item.kind === 'notice' ? `notice ${item.level}` : item.kind;
    if (element.textContent !== item.text) element.textContent = item.text;
  }

  function addTool(id) {
    const tool = add('details', id);
    const summary = tool.appendChild(document.createElement('summary'));
    for (const name of ['title', 'badge', 'result']) {
      summary.appendChild(document.createElement('span')).dataset.part = name;
    }
    tool.appendChild(document.createElement('div')).dataset.part = 'reason';
    tool.appendChild(document.createElement('pre')).dataset.part = 'output';
    return tool;
  }

  function fillTool(tool, item) {
    tool.className = 'tool';
    fill(tool, 'title', 'title', item.title);
    fill(tool, 'badge', `badge ${item.decision}`, item.badge);
    fill(tool, 'result', `result ${item.result}`, item.decision === 'deny' ? '' : item.resultText);
    fill(tool, 'reason', 'reason', item.reason);
    fill(tool, 'output', 'output', item.output);
  }

  function fill(tool, name, className, text) {
    const part = tool.querySelector(`[data-part="${name}"]`);
    part.className = className;
    part.hidden = text === '';
    if (part.textContent !== text) part.textContent = text;
  }

  function add(tag, id) {
    const element = document.createElement(tag);
    element.id = `item-${id}`;
    return log.appendChild(element);
  }

  function byId(id) {
    return document.getElementById(id);
  }
})();
