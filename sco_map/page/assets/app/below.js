// Made from web/ by make web; sources 8846e3bcd4f1eb020e0c48377dea1dd5741ff595b4f8a878bd71fb6005a7de9f
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
