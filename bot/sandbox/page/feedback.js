// Toasts, alerts, and what the page says when something did not work.

const by = (id) => document.getElementById(id);
let timer = 0;

export function showToast(text) {
  by("toast").textContent = text;
  by("toast").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (by("toast").hidden = true), 3500);
}

export function showAlert(text) {
  by("alert-text").textContent = text;
  by("alert").showModal();
}

// Runs `act`; says so where it fails. Returns whether it worked.
export async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    showToast(`没有成功：${error.message}`);
    return false;
  }
}
