// Made from web/ by make web; sources be0dec08273a73c3894db91ef3a4bac365228c24adc0be31cd966c875b5eb3a5
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
