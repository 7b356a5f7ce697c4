// Draws the panels of `dashboard` where Grafana would place them, with `answers`, one for each query, in
// order. Supports only the options of Grafana that the dashboard uses, and no interaction.
const STEP = 3; // seconds between two values
const WIDTH = 1280, ROW = 26, COLUMN = WIDTH / 24, GAP = 4;
const COLORS = ['#7eb26d', '#eab839', '#6ed0e0', '#ef843c', '#e24d42', '#1f78c1', '#ba43a9'];
const NAMED = {green: '#73bf69', yellow: '#fade2a', orange: '#ff9830', red: '#f2495c'};
const TEXT = '#ccccdc', FAINT = '#8e8ea0', GRID = '#2c2f36';

const svg = [];
const escape = text => String(text).replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`);
const rect = (x, y, w, h, fill) =>
    svg.push(`<rect x="${x}" y="${y}" width="${Math.max(0, w)}" height="${h}" fill="${fill}"/>`);
const text = (x, y, words, size = 11, fill = TEXT, anchor = 'start') =>
    svg.push(`<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escape(words)}</text>`);
const line = (points, color, dash = '') =>
    svg.push(`<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="1.5" stroke-dasharray="${dash}"/>`);

function shown(value, unit) {
    const round = (number, digits) => String(Number(number.toFixed(digits)));
    if (unit === 'percentunit') return round(value * 100, 1) + ' %';
    if (unit === 'bytes') return value >= 2 ** 30 ? round(value / 2 ** 30, 2) + ' GiB' : round(value / 2 ** 20, 0) + ' MiB';
    if (unit === 's') return value < 1 ? round(value * 1e3, 1) + ' ms' : value < 120 ? round(value, 1) + ' s' : round(value / 60, 1) + ' min';
    if (unit === 'reqps' || unit === 'ops') return round(value, 2) + ' /s';
    return round(value, 2);
}

function colorOf(value, thresholds) {
    const steps = thresholds?.steps ?? [];
    return NAMED[steps.filter(step => step.value === null || value >= step.value).pop()?.color] ?? TEXT;
}

const last = series => Number(series.values[series.values.length - 1][1]);
const named = (legend, labels) => legend.replace(/\{\{(\w+)}}/g, (_, label) => labels[label] ?? '');
const times = answers.flat().flatMap(series => series.values.map(([time]) => time));
const from = Math.min(...times), to = Math.max(...times);

function stat(panel, box, queries) {
    const series = queries[0].answer[0];
    if (!series) return;
    const {unit, thresholds} = panel.fieldConfig.defaults;
    text(box.x + box.w / 2, box.y + box.h / 2 + 24, shown(last(series), unit), 28, colorOf(last(series), thresholds), 'middle');
}

// Places the names in lines at the bottom; the plot ends above them.
function legendOf(box, names) {
    let x = 10, lines = 1;
    const places = names.map((name, i) => {
        const width = 24 + name.length * 5.7;
        if (x + width > box.w && x > 10) {
            x = 10;
            lines++;
        }
        x += width;
        return {name, color: COLORS[i % COLORS.length], x: box.x + x - width, line: lines};
    });
    return {lines, draw: () => places.forEach(place => {
        const y = box.y + box.h - 8 - (lines - place.line) * 14;
        rect(place.x, y - 5, 8, 3, place.color);
        text(place.x + 12, y, place.name, 9.5, FAINT);
    })};
}

function timeseries(panel, box, queries) {
    const {unit, thresholds, custom, min, max} = panel.fieldConfig.defaults;
    const stacked = custom.stacking.mode === 'normal';
    const all = queries.flatMap(q => q.answer.map(series => ({
        name: named(q.legendFormat, series.metric),
        values: series.values.map(([time, value]) => [time, Number(value)]).filter(([, value]) => !isNaN(value)),
    }))).filter(series => series.values.length > 0);
    if (stacked) {
        const below = {};
        all.forEach(series => series.values = series.values.map(([time, value]) => [time, below[time] = (below[time] ?? 0) + value]));
    }
    const highest = max ?? Math.max(...all.flatMap(series => series.values.map(([, value]) => value))) * 1.1;
    const top = highest > 0 ? highest : 1, low = min ?? 0;
    const legend = legendOf(box, all.map(series => series.name));
    const plot = {x: box.x + 62, y: box.y + 28, w: box.w - 74, h: box.h - 52 - legend.lines * 14};
    const x = time => +(plot.x + (time - from) / (to - from) * plot.w).toFixed(1);
    const y = value => +(plot.y + plot.h - (value - low) / (top - low) * plot.h).toFixed(1);
    for (let i = 0; i <= 4; i++) {
        const value = low + (top - low) * i / 4;
        rect(plot.x, y(value), plot.w, 1, GRID);
        text(plot.x - 6, y(value) + 4, shown(value, unit), 9.5, FAINT, 'end');
    }
    const ticks = box.w > 360 ? 4 : 2;
    for (let i = 0; i <= ticks; i++) {
        const time = from + (to - from) * i / ticks;
        text(x(time), plot.y + plot.h + 14, new Date(time * 1e3).toISOString().slice(11, 19), 9.5, FAINT, i === ticks ? 'end' : 'middle');
    }
    if (custom.thresholdsStyle.mode === 'line') {
        thresholds.steps.filter(step => step.value !== null && step.value < top)
            .forEach(step => line([`${plot.x},${y(step.value)}`, `${plot.x + plot.w},${y(step.value)}`], NAMED[step.color], '5 4'));
    }
    all.forEach((series, i) => {
        let points = [], before = null; // no line is drawn across a gap
        for (const [time, value] of series.values) {
            if (before !== null && time - before > 1.5 * STEP) {
                line(points, COLORS[i % COLORS.length]);
                points = [];
            }
            points.push(`${x(time)},${y(value)}`);
            before = time;
        }
        line(points, COLORS[i % COLORS.length]);
    });
    legend.draw();
}

const stateOf = (panel, value) => {
    const mappings = panel.fieldConfig.overrides?.flatMap(o => o.properties).find(p => p.id === 'mappings')?.value
        ?? panel.fieldConfig.defaults.mappings;
    return mappings[0].options[String(value)];
};

function timeline(panel, box, queries) {
    const series = queries[0].answer, height = (box.h - 60) / series.length;
    const left = box.x + 190, width = box.w - 202;
    series.forEach((one, i) => {
        const y = box.y + 32 + i * height;
        text(box.x + 10, y + height / 2, named(queries[0].legendFormat, one.metric), 10);
        one.values.forEach(([time, value]) => rect((left + (time - from) / (to - from) * width).toFixed(1), y,
            (STEP / (to - from) * width + 0.6).toFixed(1), height * 0.8, NAMED[stateOf(panel, value).color]));
    });
    Object.values(panel.fieldConfig.defaults.mappings[0].options).forEach((state, i) => {
        rect(left + i * 180, box.y + box.h - 17, 10, 10, NAMED[state.color]);
        text(left + 15 + i * 180, box.y + box.h - 8, state.text, 10, FAINT);
    });
}

function table(panel, box, queries) {
    const names = panel.transformations[1].options.renameByName, columns = Object.values(names);
    const rows = new Map();
    queries.forEach(q => q.answer.filter(s => s.values[s.values.length - 1][0] === to).forEach(series => {
        const key = Object.values(series.metric).join('/');
        if (!rows.has(key)) rows.set(key, {Namespace: series.metric.namespace, Workload: series.metric.workload, Pod: series.metric.pod});
        rows.get(key)[names[`Value #${q.refId}`]] = last(series);
    }));
    const wide = {Namespace: 0.8, Pod: 1.7, State: 1.5, 'In-memory filesystems': 1.4, Cores: 0.5, 'Age of the value': 1.1, "Enclave's uptime": 1.1}, share = columns.reduce((sum, c) => sum + (wide[c] ?? 1), 0);
    let x = box.x + 10;
    for (const column of columns) {
        const settings = Object.fromEntries((panel.fieldConfig.overrides.find(o => o.matcher.options === column)?.properties ?? []).map(p => [p.id, p.value]));
        const width = (wide[column] ?? 1) / share * (box.w - 20);
        text(x, box.y + 42, column, 10.5, '#6e9fff');
        [...rows.values()].forEach((row, i) => {
            const y = box.y + 68 + i * 26, value = row[column];
            if (value === undefined) return;
            if (settings.mappings) text(x, y, stateOf(panel, value).text, 11, NAMED[stateOf(panel, value).color]);
            else if (typeof value === 'string') text(x, y, value, 11);
            else if (settings['custom.cellOptions']?.type === 'gauge') {
                rect(x, y - 9, width - 56, 11, GRID);
                rect(x, y - 9, (width - 56) * value, 11, colorOf(value, settings.thresholds));
                text(x + width - 50, y, shown(value, settings.unit), 10.5);
            } else text(x, y, shown(value, settings.unit), 11, settings.thresholds ? colorOf(value, settings.thresholds) : TEXT);
        });
        x += width;
    }
}

const kinds = {stat, timeseries, table, 'state-timeline': timeline};
let next = 0, bottom = 0;
const TOP = 34;
for (const panel of dashboard.panels) {
    const {x, y, w, h} = panel.gridPos;
    const box = {x: x * COLUMN + GAP / 2, y: TOP + y * ROW + GAP / 2, w: w * COLUMN - GAP, h: h * ROW - GAP};
    bottom = Math.max(bottom, box.y + box.h);
    if (panel.type === 'row') {
        text(box.x + 8, box.y + 16, '▾ ' + panel.title, 13);
        continue;
    }
    rect(box.x, box.y, box.w, box.h, '#181b1f');
    text(box.x + 10, box.y + 18, panel.title, 12);
    kinds[panel.type](panel, box, panel.targets.map(target => ({...target, answer: answers[next++]})));
}
text(8, 22, dashboard.title, 16);
text(WIDTH - 8, 22, "Drawn by .github/pictures/dashboard from the dashboard's queries and a real Prometheus' answers, not by Grafana", 11, FAINT, 'end');
document.body.style = 'margin:0;background:#111217';
document.body.innerHTML = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom + 6}" font-family="DejaVu Sans, sans-serif">${svg.join('')}</svg>`;
