// Made from web/ by make web; sources 1cf09e4f62dac8333796daac5bc1fcad7263033d36886ad6aa2ea54ebddf1d0e
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
