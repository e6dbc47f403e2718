// Made from web/ by make web; sources 295569a98eb295ca3eb13a50226c0e25fdcc3994a1b5015dab15c6357136663b
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
