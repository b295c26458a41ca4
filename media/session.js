// The session view's page. Everything it shows came from an untrusted agent: only textContent is ever set.
(() => {
  const host = acquireVsCodeApi();
  const log = byId('log');
  const status = byId('status');
  const review = byId('review');
  const answer = byId('answer');

  for (const id of ['run', 'stop', 'review', 'answer']) {
    byId(id).addEventListener('click', () => host.postMessage({ type: id }));
  }
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
    byId('stop').hidden = !state.canStop;
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
