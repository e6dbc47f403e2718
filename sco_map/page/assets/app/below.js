// Made from web/ by make web; sources 8535ddfc44dcbd57c0e1cb292774fcb7192f72c43931ad81b797201a2030dd18
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
