// Made from web/ by make web; sources e3e023afee077a17aced0255d0734dbad6cd5a0ea570dbf72e1bc196a144efc3
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
