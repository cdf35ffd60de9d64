"""Any HTML page that announces articles → entries, without selectors."""
