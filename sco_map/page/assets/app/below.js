// Made from web/ by make web; sources e10f98c172cc94b3c12d6f09bd68ddcd549634827d618688aec992f9322cd7c2
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
