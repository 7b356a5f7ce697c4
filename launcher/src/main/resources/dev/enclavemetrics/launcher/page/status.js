
// The status page: receives the launcher's events and shows the newest; it requests nothing else.
(() => {
  'use strict';

  const NONE = '–';
  const SPACE = '\u00a0'; // between a number and its unit
  const SPANS_S = [60, 120, 300, 600, 900]; // time spans of the chart, which grow with the launcher's age
  const TICKS_S = [15, 30, 60, 120, 180];
  const SILENCE_MS = 15000; // three intervals of the launcher's beat event
  const RETRY_MS = 5000;

  const byId = (id) => document.getElementById(id);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /* ---- State ---- */

  let status = null; // of the newest event, null while there is no connection
  let points = []; // {number, at, cpu, memory, afterGap}, at in s since the launcher's start
  let aheadMs = 0; // the launcher's age minus this page's
  let wallMs = null; // the launcher's wall clock at its start, null until the first event
  let heardMs = 0; // when the last event arrived, by this page's clock
  let hovered = null;

  const age = () => (performance.now() + aheadMs) / 1000;

  function take(event, anew) {
    status = JSON.parse(event.data);
    aheadMs = status.at - performance.now();
    wallMs = status.now - status.at;
    if (anew) {
      points = [];
      text('enclave', status.enclave.replace(/^the enclave of /, ''));
      text('launcher', status.launcher);
    }
    for (const [number, atMs, cpu, memory, afterGap] of status.points) {
      while (points.length > 0 && points[points.length - 1].number >= number) {
        points.pop(); // the event replaces it
      }
      points.push({number, at: atMs / 1000, cpu, memory, afterGap: afterGap === 1});
    }
    const oldest = age() - SPANS_S[SPANS_S.length - 1];
    points = points.filter((point) => point.at >= oldest);
    show();
  }

  /* ---- Text ---- */

  function text(id, words) {
    const element = byId(id);
    if (element.textContent !== words) { // otherwise a screen reader repeats it
      element.textContent = words;
    }
  }

  /** Sets a message's text; words with hyphens, such as options, are not broken across lines. */
  function prose(id, words) {
    const element = byId(id);
    if (element.textContent !== words) {
      element.replaceChildren(...words.split(/([^ ]*-[^ ]*)/).map((part, i) => {
        if (i % 2 === 0) {
          return part;
        }
        const span = document.createElement('span');
        span.className = 'hyphened';
        span.textContent = part;
        return span;
      }));
    }
  }

  const percent = (usage, digits = 1) => (usage * 100).toFixed(digits) + SPACE + '%';

  function bytes(count) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
    let unit = 0;
    while (count >= 1024 && unit < units.length - 1) {
      count /= 1024;
      unit++;
    }
    const digits = unit === 0 || count >= 100 ? 0 : count >= 10 ? 1 : 2;
    return count.toFixed(digits) + SPACE + units[unit];
  }

  function duration(seconds) {
    const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
    const first = parts.findIndex(([size]) => seconds >= size);
    if (first < 0 || first === 3) {
      return Number(seconds.toFixed(1)) + SPACE + 's';
    }
    const [size, name] = parts[first];
    const [lesser, lesserName] = parts[first + 1];
    const rest = Math.floor((seconds % size) / lesser);
    return Math.floor(seconds / size) + SPACE + name + (rest ? ' ' + rest + SPACE + lesserName : '');
  }

  const timeOf = (at, digits = 8) =>
    wallMs === null ? '' : new Date(wallMs + at * 1000).toISOString().slice(11, 11 + digits);

  function sentence(words) {
    const begun = words.charAt(0).toUpperCase() + words.slice(1);
    return /[.?!)]$/.test(begun) ? begun : begun + '.';
  }

  /* ---- The state card ---- */

  const LOST = {
    tone: 'lost',
    icon: 'down',
    heading: 'Connection to the launcher lost',
    get message() {
      return points.length > 0 ? 'The charts are out of date.' : 'This page has received no value yet.';
    },
    next: 'If you use kubectl port-forward, check that it and the pod are still running.'
      + ' This page reconnects by itself.',
  };
  const FULL = {
    ...LOST,
    heading: 'Too many status pages are open',
    message: 'The launcher serves a limited number of status pages at a time.',
    next: 'Close another page; this page retries every ' + RETRY_MS / 1000 + SPACE + 's.',
  };
  let without = null; // why there is no status

  function shown() {
    if (!status) {
      return without;
    }
    const words = {message: sentence(status.message), next: status.next && sentence(status.next)};
    switch (status.state) {
      case 'Fresh':
        return {tone: 'fresh', icon: 'fresh', heading: 'Fresh', ...words};
      case 'WarmingUp':
        return {tone: 'waiting', icon: 'waiting', heading: 'WarmingUp', ...words};
      case 'Stale': {
        const [day, time] = status.lastValue.split('T');
        const today = new Date(status.now).toISOString().slice(0, 10);
        const when = (day === today ? '' : day + ' ') + time.slice(0, 8) + ' UTC';
        return {tone: 'stale', icon: 'stale', heading: 'Stale since ' + when, ...words};
      }
      default:
        return {tone: 'down', icon: 'down', heading: status.state, ...words};
    }
  }

  function showState() {
    const state = shown();
    if (!state) {
      return; // no event has arrived yet
    }
    document.body.dataset.state = state.tone;
    byId('icon').setAttribute('href', '#icon-' + state.icon);
    text('state', state.heading);
    prose('message', state.message);
    prose('next', state.next);
    byId('next-line').hidden = !state.next;
  }

  /* ---- The values ---- */

  const TILES = ['cpu', 'memory', 'busiest', 'filesystem'];
  const NOTES = Object.fromEntries(TILES.map((id) => [id, byId(id + '-note').textContent]));

  function tile(id, words, share, note) {
    text(id, words);
    byId(id + '-bar').style.width = Math.min(100, share * 100) + '%';
    text(id + '-note', note);
  }

  function showNumbers() {
    const usage = status && status.usage;
    if (!usage) {
      for (const id of TILES) {
        tile(id, NONE, 0, NOTES[id]);
      }
      for (const id of ['window', 'interval', 'cores', 'uptime']) {
        text(id, NONE);
      }
      document.title = (shown() || {heading: '…'}).heading + ' – Enclave Metrics';
      return;
    }
    const total = usage.memoryTotalBytes;
    tile('cpu', percent(usage.cpu), usage.cpu,
      usage.cores === 1 ? 'one core' : 'average of ' + usage.cores + SPACE + 'cores');
    tile('memory', percent(usage.memory), usage.memory,
      bytes(usage.memoryUsedBytes) + ' of ' + bytes(total) + SPACE + 'now');
    tile('busiest', percent(usage.busiestCore), usage.busiestCore,
      usage.cores === 1 ? 'the only core' : 'of ' + usage.cores + SPACE + 'cores');
    tile('filesystem', bytes(usage.filesystemBytes), usage.filesystemBytes / total,
      percent(usage.filesystemBytes / total) + ' of memory');
    text('window', duration(usage.windowSeconds));
    text('interval', duration(usage.intervalSeconds));
    text('cores', String(usage.cores));
    text('uptime', duration(usage.uptimeSeconds));
    document.title =
      'CPU ' + percent(usage.cpu, 0) + ', memory ' + percent(usage.memory, 0) + ' – Enclave Metrics';
  }

  /* ---- Health and application metrics ---- */

  const HEALTH = {
    'threads-runnable': 'threadsRunnable',
    'threads-blocked': 'threadsBlocked',
    'oom-kills': 'oomKills',
    'files-open': 'filesOpen',
  };

  /** Formats a number with all its digits, in groups; very large and small ones with an exponent. */
  function number(value) {
    const size = Math.abs(value);
    return value !== 0 && (size >= 1e15 || size < 1e-6)
      ? value.toExponential(3)
      : value.toLocaleString('en', {maximumSignificantDigits: 15}).replaceAll(',', SPACE);
  }

  function showHealth() {
    const health = status && status.health;
    byId('health-card').hidden = !health;
    for (const [id, key] of Object.entries(HEALTH)) {
      text(id, health && key in health ? number(health[key]) : NONE);
    }
  }

  let names = ''; // of the application metrics on the page

  function showApplication() {
    const numbers = (status && status.application) || [];
    byId('application-card').hidden = numbers.length === 0;
    const list = byId('application');
    const these = numbers.map(([name]) => name).join(' ');
    if (names !== these) {
      names = these;
      list.replaceChildren(...numbers.map(([name]) => {
        const row = document.createElement('div');
        row.append(document.createElement('dt'), document.createElement('dd'));
        row.firstChild.textContent = name;
        return row;
      }));
    }
    numbers.forEach(([, value], i) => {
      list.children[i].lastChild.textContent = number(value);
    });
  }

  /* ---- The chart ---- */

  function span() {
    const index = SPANS_S.findIndex((seconds) => seconds >= age());
    return SPANS_S[index < 0 ? SPANS_S.length - 1 : index];
  }

  /** Columns for the chart, with null in gaps and at both ends of the time span. */
  function columns() {
    const to = age();
    const from = to - span();
    const x = [from];
    const cpu = [null];
    const memory = [null];
    const add = (at, c, m) => {
      x.push(at);
      cpu.push(c);
      memory.push(m);
    };
    for (const point of points) {
      if (point.at <= from || point.at >= to) {
        continue;
      }
      if (point.afterGap) {
        add((x[x.length - 1] + point.at) / 2, null, null);
      }
      add(point.at, point.cpu, point.memory);
    }
    add(to, null, null);
    return [x, cpu, memory];
  }

  /** Dots for values without neighbors, which no line shows, and for the newest. */
  function dots(plot, series) {
    const values = plot.data[series];
    const newest = values.length - 2;
    return values.flatMap((value, i) =>
      value !== null && (i === newest || (values[i - 1] === null && values[i + 1] === null)) ? [i] : []);
  }

  function timeTicks(plot, axis, from, to) {
    const narrow = plot.width < 560 ? 2 : 1;
    const step = TICKS_S[SPANS_S.indexOf(span())] * narrow;
    const wall = wallMs / 1000;
    const ticks = [];
    for (let at = Math.ceil((from + wall) / step) * step - wall; at <= to; at += step) {
      ticks.push(at);
    }
    return ticks;
  }

  function line(name, variable, rest) {
    const stroke = () => color(variable);
    return {label: name, stroke, width: 2, points: {filter: dots, size: 6, fill: stroke, stroke}, ...rest};
  }

  const CPU = line('CPU', '--cpu');
  const MEMORY = line('Memory', '--memory', {dash: [8, 5]});

  const axis = {
    stroke: () => color('--quiet'),
    font: '12px system-ui, sans-serif',
    grid: {stroke: () => color('--grid'), width: 1},
    ticks: {show: false},
  };

  /** A chart in a box. Its axis, in percent, starts at range().from and has four steps. */
  function draw(box, height, series, range) {
    const size = () => ({width: box.clientWidth, height: height()});
    const atStep = (steps) => (range().from + steps * range().step) / 100;
    const plot = new uPlot({
      ...size(),
      padding: [8, 28, 0, 0], // on the right, half of a time label
      legend: {show: false},
      cursor: {
        y: false,
        drag: {setScale: false, x: false, y: false},
        points: {show: false},
        sync: {key: 'usage', scales: ['x', null]},
      },
      scales: {
        x: {time: false, range: () => [age() - span(), age()]},
        y: {range: () => [atStep(-0.08), atStep(4.08)]}, // so that a line at either end is not cut off
      },
      axes: [
        {...axis, size: 30, splits: timeTicks,
          values: (u, ticks) => ticks.map((at) => timeOf(at, span() > 120 ? 5 : 8))},
        {...axis, size: 52, splits: () => [0, 1, 2, 3, 4].map(atStep),
          values: (u, ticks) => ticks.map((usage) => percent(usage, 0))},
      ],
      series: [{}, ...series],
      hooks: {
        setCursor: [(u) => {
          hovered = u.cursor.left >= 0 ? u.posToVal(u.cursor.left, 'x') : null;
          showLegend();
        }],
      },
    }, [[], ...series.map(() => [])], box);

    new ResizeObserver(() => {
      if (box.clientWidth > 0 && box.clientWidth !== plot.width) {
        plot.setSize(size());
      }
    }).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw(false, true));
    return plot;
  }

  const WHOLE = {from: 0, step: 25};

  /**
   * The shortest axis that shows all values: at least 4 % long, so that noise does not look like
   * load, and from 0 if that does not make it longer.
   */
  function rangeOf(values, before) {
    const known = values.filter((value) => value !== null).map((value) => value * 100);
    const low = Math.min(...known);
    const high = Math.max(...known);
    const holds = ({from, step}) => from <= low && high <= from + 4 * step;
    for (const step of known.length > 0 ? [1, 2, 5, 10] : []) {
      const middle = Math.round((low + high) / 2 / step) - 2;
      const from = Math.min(middle * step, 100 - 4 * step);
      const range = [{from: 0, step}, ...(before.step === step ? [before] : []), {from, step}].find(holds);
      if (range) {
        return range;
      }
    }
    return WHOLE;
  }

  const box = byId('chart');
  const plot = draw(box, () => box.clientWidth < 560 ? 230 : 280,
    [{...CPU, fill: () => color('--cpu-fill')}, MEMORY], () => WHOLE);

  /** A chart of one usage, with a label that says where its axis starts. */
  function detail(id, name, series) {
    let range = WHOLE;
    const detailBox = byId(id + '-detail');
    const detailPlot = draw(detailBox, () => 140, [series], () => range);
    return (x, values) => {
      range = rangeOf(values, range);
      detailPlot.setData([x, values]);
      const ends = percent(range.from / 100, 0) + ' to ' + percent((range.from + 4 * range.step) / 100, 0);
      text(id + '-axis', 'axis from ' + ends + (range.from > 0 ? ', not from 0' + SPACE + '%' : ''));
      detailBox.setAttribute('aria-label', 'Chart of ' + name + ' usage, on an axis from ' + ends);
    };
  }

  const showCpu = detail('cpu', 'CPU', CPU);
  const showMemory = detail('memory', 'memory', MEMORY);

  /** The values at the pointer, else the newest. */
  function showLegend() {
    let point = status && status.usage;
    let when = '';
    if (hovered !== null) {
      const near = points.reduce((best, p) =>
        !best || Math.abs(p.at - hovered) < Math.abs(best.at - hovered) ? p : best, null);
      const reach = Math.max(2, status && status.usage ? 2 * status.usage.intervalSeconds : 0);
      point = near && Math.abs(near.at - hovered) <= reach ? near : null;
      when = timeOf(point ? point.at : hovered) + ' UTC';
    }
    text('legend-cpu', point ? percent(point.cpu) : NONE);
    text('legend-memory', point ? percent(point.memory) : NONE);
    text('legend-when', when);
  }

  function showChart() {
    const [x, cpu, memory] = columns();
    plot.setData([x, cpu, memory]);
    showCpu(x, cpu);
    showMemory(x, memory);
    byId('chart-empty').hidden = points.length > 0;
    byId('details').hidden = points.length === 0;
    text('chart-heading', 'Usage, last ' + duration(span()));
    const newest = points[points.length - 1];
    box.setAttribute('aria-label', newest
      ? 'Chart of CPU and memory usage; the newest values are ' + percent(newest.cpu, 0) + ' and '
        + percent(newest.memory, 0)
      : 'Chart of CPU and memory usage, empty');
  }

  /* ---- The launcher's events ---- */

  function show() {
    showState();
    showNumbers();
    showHealth();
    showApplication();
    showLegend();
    showChart();
    showAge();
  }

  function showAge() {
    const newest = points[points.length - 1];
    text('age', status && newest && status.state === 'Stale'
      ? duration(Math.max(0, Math.floor(age() - newest.at))) + ' ago' : '');
  }

  let source = null;

  function lose(why) {
    status = null;
    without = why;
    show();
  }

  function connect() {
    source = new EventSource('events'); // it reconnects by itself, unless it is refused
    const heard = (then) => (event) => {
      heardMs = performance.now();
      then(event);
    };
    heardMs = performance.now();
    source.addEventListener('history', heard((event) => take(event, true)));
    source.addEventListener('update', heard((event) => take(event, false)));
    source.addEventListener('beat', heard(() => {}));
    source.addEventListener('error', async () => {
      lose(LOST);
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(connect, RETRY_MS);
        const answer = await fetch('events', {method: 'HEAD'}).catch(() => null);
        if (answer && answer.status === 503 && !status) {
          lose(FULL);
        }
      }
    });
  }

  connect();
  setInterval(() => {
    if (source.readyState === EventSource.OPEN && performance.now() - heardMs > SILENCE_MS) {
      source.close(); // the connection died without an error
      lose(LOST);
      connect();
    }
    if (status) {
      showChart();
      showAge();
    }
  }, 1000);
})();
