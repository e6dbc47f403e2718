// Made from web/ by make web; sources a572f293de3931087f56b03397e0fb4720c97d4bddc437f22baa9f65fd0eb5ab
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
