/* A table that was copied in a spreadsheet is pasted into a table block: into its caption or a heading, its first
   row names the columns; into a cell, it fills the cells from there on. Columns and rows that are missing are
   added. What is not a table is pasted as anywhere. */

(() => {
  const STOCK = "wagtail.contrib.typed_table_block.blocks.TypedTableBlock";
  const FILLED = ["text", "number"]; // a cell of rich text holds more than words: it is left to itself

  /* Return the rows of what was copied: tabs between cells, quotes around those that hold a line break. */
  function readRows(text) {
    const rows = [[""]];
    let isQuoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      const cells = rows.at(-1);
      const cell = cells.at(-1);
      if (isQuoted && sign === '"' && text[at + 1] === '"') {
        cells[cells.length - 1] += '"';
        at += 1;
      } else if (isQuoted ? sign === '"' : sign === '"' && cell === "") isQuoted = !isQuoted;
      else if (!isQuoted && sign === "\t") cells.push("");
      else if (!isQuoted && sign === "\n") rows.push([""]);
      else if (sign !== "\r") cells[cells.length - 1] += isQuoted && sign === "\n" ? " " : sign;
    }
    if (rows.length > 1 && rows.at(-1).join("") === "") rows.pop(); // spreadsheets end with a line break
    return rows;
  }

  /* Return where a paste begins: the column, and the row (-1 for the headings). */
  function placeOf(table, target) {
    const column = table.columns.findIndex((one) => one.headingInput === target);
    if (column !== -1) return { column, row: -1 };
    const line = target.closest("tr");
    const row = line ? [...table.tbody.children].indexOf(line) : -1;
    if (row === -1) return { column: 0, row: -1 };
    return { column: [...line.children].indexOf(target.closest("tr > td")) - 1, row };
  }

  function fill(table, rows, place) {
    const state = { ...table.getState(), caption: table.captionInput.value };
    const width = place.column + Math.max(...rows.map((cells) => cells.length));
    const kinds = state.columns.slice(place.column, width);
    if (place.column < 0 || kinds.some((one) => !FILLED.includes(one.type))) return false;
    while (state.columns.length < width) {
      state.columns.push({ type: "text", heading: "" });
      for (const row of state.rows) row.values.push("");
    }
    rows.forEach((cells, number) => {
      const at = place.row + number;
      while (at >= state.rows.length) {
        const empty = state.columns.map((one) => table.blockDef.childBlockDefaultStates[one.type]);
        state.rows.push({ values: empty });
      }
      cells.forEach((words, offset) => {
        const column = place.column + offset;
        if (at < 0) state.columns[column].heading = words.trim();
        else state.rows[at].values[column] = words.trim();
      });
    });
    table.setState(state);
    // The editor keeps a draft of what somebody changed: that is heard of by an event.
    table.captionInput.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  class PastableTable extends window.telepath.constructors[STOCK] {
    render(...places) {
      const table = super.render(...places);
      table.container[0].addEventListener("paste", (event) => {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        if (!text.includes("\t")) return;
        if (fill(table, readRows(text), placeOf(table, event.target))) event.preventDefault();
      });
      return table;
    }
  }

  window.telepath.register("portal.blocks.TableBlock", PastableTable);
})();
