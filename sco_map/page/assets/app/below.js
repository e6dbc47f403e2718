// Made from web/ by make web; sources e8fecc67f96dd9975fc7993753ce117024a9f7d291ce4c009bbc1a73cd380369
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
