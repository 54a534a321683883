/* The page of the shell's tests: writes down events, saves bytes as the program's window does, and can hold back its closing. */
window.bridge.on(event => {
  const line = document.createElement('li');
  line.textContent = JSON.stringify(event);
  document.getElementById('events').append(line);
});

window.saveBytes = (name, text) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
};

window.holdBack = () => {
  window.addEventListener('beforeunload', event => { event.preventDefault(); });
};
