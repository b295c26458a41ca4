// The viewer's page. It holds only the rows around what is seen; the extension has the others.
(() => {
  const vscode = acquireVsCodeApi();
  const ROW = 22;
  const BLOCK = 100;
  // Browsers bound the height of an element: more rows than this share the scroll bar's length.
  const MAX_HEIGHT = 8_000_000;
  const find = (id) => document.getElementById(id);
  const [list, space, status, count] = ['list', 'space', 'status', 'count'].map(find);
  const fields = ['text', 'kind', 'tool', 'decision', 'timeline'].map(find);
  let total = 0;
  let selected = -1;
  const blocks = new Map();
  let filter = -1;
  let typing;

  const height = () => Math.min(total * ROW, MAX_HEIGHT);
  const fits = () => Math.max(1, Math.floor(list.clientHeight / ROW));
  const lastTop = () => Math.max(0, total - fits());
  const scrollable = () => Math.max(1, height() - list.clientHeight);
  const firstRow = () =>
    total * ROW <= MAX_HEIGHT
      ? Math.floor(list.scrollTop / ROW)
      : Math.round((list.scrollTop / scrollable()) * lastTop());

  function rowAt(index) {
    return blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  function want(index) {
    const block = Math.floor(index / BLOCK);
    if (blocks.has(block)) return;
    blocks.set(block, undefined);
    vscode.postMessage({ type: 'rows', from: block * BLOCK, count: BLOCK });
  }

  function draw() {
    space.style.height = `${height()}px`;
    const first = Math.min(firstRow(), lastTop());
    const offset = total * ROW <= MAX_HEIGHT ? first * ROW : list.scrollTop;
    const shown = [];
    for (let index = first; index < Math.min(total, first + fits() + 2); index += 1) {
      want(index);
      shown.push(drawRow(index, offset + (index - first) * ROW));
    }
    space.replaceChildren(...shown);
    const isSeen = selected >= first && selected < first + shown.length;
    if (isSeen) list.setAttribute('aria-activedescendant', `row-${selected}`);
    else list.removeAttribute('aria-activedescendant');
  }

  function drawRow(index, top) {
    const row = rowAt(index);
    const element = document.createElement('div');
    element.id = `row-${index}`;
    element.className = `row ${row?.severity ?? ''} ${row?.opens ? 'opens' : ''}`;
    element.style.top = `${top}px`;
    element.dataset.index = String(index);
    element.setAttribute('role', 'option');
    element.setAttribute('aria-selected', String(index === selected));
    element.setAttribute('aria-setsize', String(total));
    element.setAttribute('aria-posinset', String(index + 1));
    for (const name of ['after', 'kind', 'took', 'text']) {
      const cell = document.createElement('span');
      cell.className = name;
      cell.textContent = row?.[name] ?? '';
      if (name === 'text') cell.title = row?.text ?? '';
      element.append(cell);
    }
    return element;
  }

  function select(index) {
    if (total === 0) return;
    selected = Math.max(0, Math.min(total - 1, index));
    const first = firstRow();
    if (selected < first) scrollTo(selected);
    else if (selected >= first + fits()) scrollTo(selected - fits() + 1);
    draw();
  }

  function scrollTo(first) {
    list.scrollTop =
      total * ROW <= MAX_HEIGHT ? first * ROW : (first / Math.max(1, lastTop())) * scrollable();
  }

  function open(index) {
    const row = rowAt(index);
    if (row?.opens) vscode.postMessage({ type: 'open', seq: row.seq });
  }

  function sendFilter() {
    const [text, kind, tool, decision, timeline] = fields;
    selected = -1;
    list.scrollTop = 0;
    vscode.postMessage({
      type: 'filter',
      text: text.value,
      kind: kind.value,
      tool: tool.value,
      decision: decision.value,
      timeline: timeline.checked,
    });
  }

  function offer(name, values) {
    const field = find(name);
    const known = new Set([...field.options].map(({ value }) => value));
    for (const value of values) {
      if (known.has(value)) continue;
      const option = document.createElement('option');
      option.value = value;
      option.textContent = value;
      field.append(option);
    }
  }

  function showState(state) {
    // What is said again would be read out again.
    if (status.textContent !== state.status.text) status.textContent = state.status.text;
    status.className = state.status.level;
    if (count.textContent !== state.counted) count.textContent = state.counted;
    for (const [name, values] of Object.entries(state.choices)) offer(name, values);
    total = state.count;
    const isSame = state.filter === filter;
    filter = state.filter;
    // A log only grows: what was whole still holds.
    for (const [block, rows] of blocks) if (!isSame || (rows && rows.length < BLOCK)) blocks.delete(block);
    draw();
  }

  window.addEventListener('message', ({ data }) => {
    if (data.type === 'state') showState(data);
    if (data.type !== 'rows') return;
    blocks.set(Math.floor(data.from / BLOCK), data.rows);
    draw();
  });
  list.addEventListener('scroll', draw);
  window.addEventListener('resize', draw);
  list.addEventListener('keydown', (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: fits(), PageUp: -fits() };
    if (event.key in steps) select(selected + steps[event.key]);
    else if (event.key === 'Home') select(0);
    else if (event.key === 'End') select(total - 1);
    else if (event.key === 'Enter') open(selected);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', ({ target }) => {
    const index = Number(target.closest('.row')?.dataset.index ?? -1);
    if (index >= 0) select(index);
  });
  list.addEventListener('dblclick', () => open(selected));
  for (const field of fields) {
    field.addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(sendFilter, field.type === 'search' ? 150 : 0);
    });
  }
  find('filter').addEventListener('submit', (event) => event.preventDefault());
  for (const name of ['export', 'reveal'])
    find(name).addEventListener('click', () => vscode.postMessage({ type: name }));
  vscode.postMessage({ type: 'ready' });
})();
