// Made from web/ by make web; sources 52f3b0be4b7417c8156ddba65a9a14714a53c1ba741d6991a39caafc05fec004
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
